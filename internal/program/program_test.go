package program_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"lvyue/internal/program"
)

func TestTellReady_TheFileStandsAsLongAsTheProgramServes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.ready")
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- program.TellReady(ctx, "desk", path, map[string]int{"pid": 7}) }()
		synctest.Wait()
		if said, err := os.ReadFile(path); err != nil || string(said) != `{"pid":7}` {
			t.Errorf("it says %q (%v)", said, err)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the file outlives the program: %v", err)
		}
	})
}

func TestTellReady_WhereNobodyAsksNothingIsWritten(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := program.TellReady(ctx, "desk", "", nil); err != nil {
		t.Error(err)
	}
}
