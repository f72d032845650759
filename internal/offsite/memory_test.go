package offsite_test

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"testing"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/operator"
	"lvyue/internal/suite"
)

// endless is a system with files of that many bytes, which are nowhere.
type endless struct {
	operator.Client

	size int64
}

func (e *endless) Describe(context.Context, string, string) (suite.Description, error) {
	return suite.Description{}, nil
}

func (e *endless) Counts(context.Context, string, string) (suite.Counts, error) {
	return suite.Counts{}, nil
}

func (e *endless) Database(context.Context, string, string, suite.Mark) (suite.Stream, error) {
	return suite.Stream{ReadCloser: io.NopCloser(bytes.NewReader(nil)), Version: "empty"}, nil
}

func (e *endless) Files(context.Context, string, string, suite.Mark) (suite.Stream, error) {
	return suite.Stream{ReadCloser: io.NopCloser(io.LimitReader(zeros{}, e.size)), Size: e.size, Version: "large"}, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// §3.9: 100 MB pass through a few megabytes.
func TestCopy_OfAHundredMegabytesNeedsAFewOfMemory(t *testing.T) { //nolint:paralleltest // others would be measured too
	const size, most = 100 << 20, 16 << 20
	v := vault(t, &endless{size: size}, 10<<20)
	runtime.GC()
	ended, peak := make(chan struct{}), make(chan uint64)
	go watch(ended, peak)
	made, err := v.Copy(t.Context(), backup.Order{Contract: number, Day: today, Host: "nowhere"})
	close(ended)
	must(t, err)
	if made.Bytes != size || made.Objects != 11 {
		t.Errorf("made %+v", made)
	}
	if got := <-peak; got > most {
		t.Errorf("%d MB of memory were in use", got>>20)
	}
}

// watch gives by how much the heap was ever larger than at first.
func watch(ended <-chan struct{}, peak chan<- uint64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	first, highest := m.HeapInuse, uint64(0)
	for tick := time.NewTicker(5 * time.Millisecond); ; {
		select {
		case <-tick.C:
			runtime.ReadMemStats(&m)
			if m.HeapInuse > first {
				highest = max(highest, m.HeapInuse-first)
			}
		case <-ended:
			peak <- highest
			return
		}
	}
}
