// Package platform holds handlers whose parts are not built everywhere.
package platform
