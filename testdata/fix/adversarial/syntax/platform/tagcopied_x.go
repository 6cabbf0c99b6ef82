//go:build extra

package platform

func dupTagCopied(h TagCopied) TagCopied { return h }
