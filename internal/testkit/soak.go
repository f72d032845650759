package testkit

import (
	"cmp"
	"os"
	"strconv"
	"testing"
	"time"
)

// Soak is how long a test of chance or of faults goes on (LVYUE_SOAK, such as 10m); 0, without it, for a single round or a sample.
func Soak(tb testing.TB) time.Duration {
	tb.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv("LVYUE_SOAK"), "0s"))
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// Seed is where chance begins: LVYUE_SEED, to live the same once more, or another one each time.
func Seed(tb testing.TB) uint64 {
	tb.Helper()
	given := os.Getenv("LVYUE_SEED")
	if given == "" {
		return uint64(time.Now().UnixNano())
	}
	seed, err := strconv.ParseUint(given, 10, 64)
	if err != nil {
		tb.Fatal(err)
	}
	return seed
}
