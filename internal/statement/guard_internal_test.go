package statement

import (
	"errors"
	"testing"
)

func TestGuarded_MakesAnErrorOfAPanic(t *testing.T) {
	t.Parallel()
	if err := guarded(func() error { panic("index out of range") }); !errors.Is(err, errPanic) {
		t.Errorf("a panic became %v", err)
	}
	if err := guarded(func() error { return errSheet }); !errors.Is(err, errSheet) {
		t.Errorf("an error became %v", err)
	}
}
