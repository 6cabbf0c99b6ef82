package main

import (
	_ "github.com/emitcheck/emitcheck/analyzer/gclplugin"
)
