// Package imports holds handlers that attack how fixes import.
package imports
