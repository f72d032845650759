//go:build unix && !linux

package command

import "syscall"

// diesWithUs can do nothing here; a player without its stack soon fails by itself.
func diesWithUs(*syscall.SysProcAttr) {}
