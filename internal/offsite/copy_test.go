package offsite_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvyue/internal/backup"
	"lvyue/internal/suite"
)

// §3.9: what is stored can be restored, and is the same; a second order gives the copy that there is.
func TestCopy_IsRestoredWhole(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1000), running(t, number, 3200)
	made := v.made(t, s, order)
	if made.Contract != number || made.Day != today || !made.TakenAt.Equal(night) || made.Objects < 5 || made.Bytes < 3200 {
		t.Errorf("made %+v", made)
	}
	before := stored(t, v.dir)
	if again := v.made(t, s, order); again != made {
		t.Errorf("made %+v again as %+v", made, again)
	}
	if after := stored(t, v.dir); !maps.Equal(before, after) || len(after) != made.Objects {
		t.Errorf("%d objects, told of %d: %v", len(after), made.Objects, after)
	}
	m, err := v.Verify(t.Context(), number, today)
	must(t, err)
	if !m.Still || len(m.Counts.Tables) != 2 || m.Counts.Files.SHA256 != m.Files.SHA256 || m.Products[0] != (suite.Installed{Code: "OA", Release: "8.4.2"}) {
		t.Errorf("the manifest is %+v", m)
	}
	drill, err := v.Drill(t.Context(), number, today, running(t, number, 0).host)
	must(t, err)
	if !drill.Same() || drill.Rows != 6 || drill.Files != 4 {
		t.Errorf("the drill is %+v", drill)
	}
}

// breaking gives up after some bytes of the files, as often as told, and says from where they were asked for.
type breaking struct {
	sync.Mutex

	after int64
	times int
	from  []int64
}

var errBroken = errors.New("the connection broke")

func (b *breaking) spoil(from suite.Mark, body io.ReadCloser) io.ReadCloser {
	b.Lock()
	defer b.Unlock()
	b.from = append(b.from, from.At)
	if b.times--; b.times < 0 {
		return body
	}
	type both struct {
		io.Reader
		io.Closer
	}
	return both{io.MultiReader(io.LimitReader(body, b.after), broken{}), body}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// §3.9: a copy that was interrupted in the middle of its second part goes on with the second part, in another program.
func TestCopy_InterruptedInTheMiddleOfAPartGoesOnWithIt(t *testing.T) {
	t.Parallel()
	b := &breaking{after: 1500, times: 1}
	v, s := vault(t, client{asking().Client, b.spoil}, 1024), running(t, number, 4096)
	o := order
	o.Host = s.host
	if _, err := v.Copy(t.Context(), o); !errors.Is(err, errBroken) {
		t.Fatalf("got %v", err)
	}
	if _, _, err := v.Manifest(t.Context(), number, today); err == nil {
		t.Error("half a copy exists")
	}
	first := partsOf(stored(t, v.dir), "files-0001")
	v.Vault = v.open(t, client{asking().Client, b.spoil}, 1024)
	v.made(t, s, order)
	if !slices.Equal(b.from, []int64{0, 1024}) {
		t.Errorf("the files were asked for from %v", b.from)
	}
	now := stored(t, v.dir)
	if got := partsOf(now, "files-0001"); len(first) != 1 || !slices.Equal(first, got) {
		t.Errorf("the first part was %v, is %v", first, got)
	}
	m, err := v.Verify(t.Context(), number, today)
	must(t, err)
	if m.Files.SHA256 != m.Counts.Files.SHA256 || len(now) != len(m.Parts())+1 {
		t.Errorf("the files differ, or more than the copy is stored: %v", now)
	}
}

func partsOf(all map[string]string, what string) []string {
	var parts []string
	for name := range all {
		if strings.Contains(name, what) {
			parts = append(parts, name)
		}
	}
	slices.Sort(parts)
	return parts
}

// §3.9: what has changed since the interruption is taken from its beginning, so that no copy is of two moments.
func TestCopy_OfASourceThatChangedMeanwhileBeginsAnew(t *testing.T) {
	t.Parallel()
	b := &breaking{after: 1500, times: 1}
	v, s := vault(t, client{asking().Client, b.spoil}, 1024), running(t, number, 4096)
	o := order
	o.Host = s.host
	if _, err := v.Copy(t.Context(), o); !errors.Is(err, errBroken) {
		t.Fatalf("got %v", err)
	}
	first := partsOf(stored(t, v.dir), "files-0001")
	b.from = nil // a changed source is asked once in vain: no body comes
	s.add(t, "oa/large.bin", strings.Repeat("changed, of the same size in all", 4096/32))
	v.made(t, s, order)
	if !slices.Equal(b.from, []int64{0}) {
		t.Errorf("the files were asked for from %v", b.from)
	}
	if got := partsOf(stored(t, v.dir), "files-0001"); len(got) != 1 || slices.Equal(first, got) {
		t.Errorf("the first part was %v, is %v", first, got)
	}
	m, err := v.Verify(t.Context(), number, today)
	must(t, err)
	if m.Still {
		t.Error("the system counted the same before and after, it is said")
	}
	drill, err := v.Drill(t.Context(), number, today, running(t, number, 0).host)
	if err != nil || !drill.Same() {
		t.Errorf("the drill is %+v, %v", drill, err)
	}
}

// §3.9: a copy a day, also for those who make it at the same time; what only one of them wrote is gone.
func TestCopy_OfTheSameDayAtTheSameTimeIsOne(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 500), running(t, number, 8000)
	o := order
	o.Host = s.host
	made := make([]backup.Copy, 6)
	var all sync.WaitGroup
	for i := range made {
		own := v.open(t, asking(), 500)
		all.Go(func() {
			var err error
			if made[i], err = own.Copy(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, m := range made {
		if m != made[0] {
			t.Errorf("two copies: %+v, %+v", m, made[0])
		}
	}
	_, err := v.Verify(t.Context(), number, today)
	must(t, err)
	if now := stored(t, v.dir); len(now) != made[0].Objects {
		t.Errorf("%d objects, the copy has %d: %v", len(now), made[0].Objects, slices.Sorted(maps.Keys(now)))
	}
	if keys := stored(t, v.keyDir); len(keys) != 1 {
		t.Errorf("the keys are %v", keys)
	}
}

// §3.9: a system that gives less than it said makes no copy.
func TestCopy_OfASystemThatGivesTooLittleIsNone(t *testing.T) {
	t.Parallel()
	short := func(_ suite.Mark, body io.ReadCloser) io.ReadCloser {
		return struct {
			io.Reader
			io.Closer
		}{io.LimitReader(body, 100), body}
	}
	v, s := vault(t, client{asking().Client, short}, 1024), running(t, number, 4096)
	o := order
	o.Host = s.host
	if made, err := v.Copy(t.Context(), o); err == nil {
		t.Errorf("made %+v", made)
	}
	if parts := partsOf(stored(t, v.dir), "files-"); len(parts) != 0 {
		t.Errorf("it left %v", parts)
	}
}

// §7.1: nobody but the owner may read what is stored; the key is in no copy, and no copy tells what it holds.
func TestCopy_IsReadableForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1024), running(t, number, 4096)
	v.made(t, s, order)
	copies, keys := stored(t, v.dir), stored(t, v.keyDir)
	for name, path := range merged(copies, keys) {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is readable as %s", name, info.Mode())
		}
	}
	for name, path := range copies {
		text, err := os.ReadFile(path)
		must(t, err)
		for _, hidden := range []string{"AGE-SECRET-KEY", "0123456789abcde", "员工", "attachment"} {
			if strings.Contains(string(text), hidden) {
				t.Errorf("%s tells %q", name, hidden)
			}
		}
	}
	if fmt.Sprint(slices.Sorted(maps.Keys(keys))) != "[HT-1/identity.txt]" {
		t.Errorf("the keys are %v", keys)
	}
}

func merged(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}
