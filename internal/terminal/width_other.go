//go:build !unix

package terminal

import "os"

// Columns is 0: how wide a terminal is, is asked on Unix only.
func Columns(*os.File) int { return 0 }
