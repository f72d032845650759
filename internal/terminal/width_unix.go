//go:build unix

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// Columns is how wide the terminal behind f is; 0 when f is none.
func Columns(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}
