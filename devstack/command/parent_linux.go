package command

import "syscall"

// diesWithUs has the kernel ask the child to end when we are killed.
func diesWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGTERM }
