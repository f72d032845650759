package test

import ("testing";"fmt";"os")

func BenchmarkZZ(b *testing.B) {
	f := openFleet(b)
	took := f.deploy(b, 1)[0]
	out, _ := os.Create("/tmp/life/live.txt")
	for _, c := range f.wholly.calls { fmt.Fprintln(out, c.At[11:], c.operation(), c.Status, c.Code) }
	b.Log(took)
}
