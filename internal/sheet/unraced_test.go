//go:build !race

package sheet_test

// oneIn is how many times smaller the largest sizes are: whole without the race detector, which makes them slow and has
// nothing to find in code of one goroutine.
const oneIn = 1
