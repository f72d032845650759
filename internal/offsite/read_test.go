package offsite_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"lvyue/internal/backup"
	"lvyue/internal/failure"
	"lvyue/internal/offsite"
	"lvyue/internal/refusal"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

// §3.9: one bit that differs is found, wherever it is: in a part, in its header, in the manifest.
func TestVerify_OneBitThatDiffersAnywhereIsFound(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 100_000), running(t, number, 1600)
	v.made(t, s, order)
	for name, path := range stored(t, v.dir) {
		whole, err := os.ReadFile(path)
		must(t, err)
		for at := range whole {
			if len(whole) > 2500 && at%7 != 0 {
				continue
			}
			whole[at] ^= 1 << (at % 8)
			must(t, os.WriteFile(path, whole, 0o600))
			if _, err := v.Verify(t.Context(), number, today); !errors.Is(err, backup.ErrAltered) {
				t.Errorf("byte %d of %s: %v", at, name, err)
			}
			whole[at] ^= 1 << (at % 8)
		}
		for what, altered := range map[string][]byte{"cut": whole[:len(whole)-1], "longer": append(slices.Clip(whole), '\n')} {
			must(t, os.WriteFile(path, altered, 0o600))
			if _, err := v.Verify(t.Context(), number, today); !errors.Is(err, backup.ErrAltered) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
		must(t, os.WriteFile(path, whole, 0o600))
	}
	_, err := v.Verify(t.Context(), number, today)
	must(t, err)
}

// §3.9: a part that is gone is found, and nothing is restored of it.
func TestRestore_OfADamagedCopyLeavesTheTargetAsItWas(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1000), running(t, number, 3200)
	v.made(t, s, order)
	last := partsOf(stored(t, v.dir), "files-0003")
	must(t, os.Remove(filepath.Join(v.dir, "lvyue", last[0])))
	target := running(t, number, 16)
	before, err := suitesim.Counts(target.data, target.files)
	must(t, err)
	if _, err := v.Drill(t.Context(), number, today, target.host); !errors.Is(err, backup.ErrAltered) {
		t.Errorf("got %v", err)
	}
	after, err := suitesim.Counts(target.data, target.files)
	if err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the target had %v, has %v, %v", before, after, err)
	}
}

// §7.1: another contract's key, or a new one, reads nothing.
func TestVerify_AnotherKeyReadsNothing(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1000), running(t, number, 1600)
	v.made(t, s, order)
	other, err := age.GenerateX25519Identity()
	must(t, err)
	must(t, os.WriteFile(filepath.Join(v.keyDir, "lvyue", number, "identity.txt"), []byte(other.String()), 0o600))
	if _, err := v.Verify(t.Context(), number, today); !errors.Is(err, backup.ErrUnreadable) {
		t.Errorf("got %v", err)
	}
}

// §3.9: what is restored to a folder is read without us: plain files, and a manifest with their sums.
func TestRestore_ToAFolderIsReadableWithoutUs(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1000), running(t, number, 3200)
	v.made(t, s, order)
	dir := t.TempDir()
	m, err := v.Restore(t.Context(), number, today, offsite.Folder(dir))
	must(t, err)
	must(t, offsite.Folder(dir).Explain(m))
	var told backup.Manifest
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &told))
	for name, want := range map[string]string{"database.sql": told.Database.SHA256, "files.tar": told.Files.SHA256} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not as its manifest says", name)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, "database.sql")); err != nil || string(text) != string(s.data.Dump()) {
		t.Errorf("the database is %s, %v", text, err)
	}
	if _, err := v.Restore(t.Context(), number, today, offsite.Folder(dir)); !errors.Is(err, os.ErrExist) {
		t.Errorf("what is there is replaced: %v", err)
	}
}

// §3.9: a system that does not take what the copy holds is found.
func TestDrill_TellsWhatDiffers(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 100_000), running(t, number, 1600)
	v.made(t, s, order)
	spoilt := asking()
	spoilt.spoil = func(_ suite.Mark, body io.ReadCloser) io.ReadCloser {
		return struct {
			io.Reader
			io.Closer
		}{strings.NewReader("other files"), body}
	}
	drill, err := v.open(t, spoilt, 0).Drill(t.Context(), number, today, running(t, number, 0).host)
	if err != nil || drill.Same() || drill.Differences[0].What != "files" {
		t.Errorf("the drill is %+v, %v", drill, err)
	}
}

// §7.2: every copy, half a copy and the key are gone; another contract's stay; a copy kept aside is read by nobody.
func TestDestroy_LeavesNothingAndWhatWasKeptAsideIsUnreadable(t *testing.T) {
	t.Parallel()
	b := &breaking{after: 1500, times: 1}
	v, s := vault(t, client{asking().Client, b.spoil}, 1024), running(t, number, 4096)
	half := backup.Order{Contract: number, Day: today.AddDays(1), Host: s.host}
	if _, err := v.Copy(t.Context(), half); err == nil {
		t.Fatal("nothing broke")
	}
	v.made(t, s, order)
	longer := backup.Order{Contract: number + "0", Day: today}
	v.made(t, running(t, longer.Contract, 1600), longer)
	must(t, os.WriteFile(filepath.Join(v.dir, "lvyue", number, today.String(), "files-0009-x.age.17.tmp"), []byte("half"), 0o600))
	aside, err := os.ReadFile(filepath.Join(v.dir, "lvyue", partsOf(stored(t, v.dir), number+"/"+today.String()+"/database-0001")[0]))
	must(t, err)
	left, err := v.Left(t.Context(), number)
	must(t, err)
	if got := named(left); got != "[offsite-copy HT-1/2026-03-02 offsite-copy HT-1/2026-03-03 backup-key HT-1/identity.txt]" {
		t.Errorf("there is %s", got)
	}
	for range 2 {
		if left, err := v.Destroy(t.Context(), number); err != nil || len(left) != 0 {
			t.Errorf("left %v, %v", left, err)
		}
	}
	for _, dir := range []string{v.dir, v.keyDir} {
		if all := partsOf(stored(t, dir), number+"/"); len(all) != 0 {
			t.Errorf("left %v", all)
		}
	}
	_, err = v.Verify(t.Context(), longer.Contract, today)
	must(t, err)
	put := filepath.Join(v.dir, "lvyue", number, today.String())
	must(t, os.MkdirAll(put, 0o700))
	must(t, os.WriteFile(filepath.Join(put, "database-0001-aside.age"), aside, 0o600))
	for name, path := range stored(t, v.keyDir) {
		text, err := os.ReadFile(path)
		must(t, err)
		key, err := age.ParseIdentities(strings.NewReader(string(text)))
		must(t, err)
		if _, err := age.Decrypt(strings.NewReader(string(aside)), key...); err == nil {
			t.Errorf("%s opens what was kept aside", name)
		}
	}
	if left, err := v.Left(t.Context(), number); err != nil || named(left) != "[offsite-copy HT-1/2026-03-02]" {
		t.Errorf("what was put back is not seen: %v, %v", left, err)
	}
}

// §7.2: a copy that is still being made when all is destroyed ends, and writes no more than the part in hand.
func TestDestroy_EndsACopyInTheMaking(t *testing.T) {
	t.Parallel()
	var v place
	destroying := asking()
	destroying.spoil = func(_ suite.Mark, body io.ReadCloser) io.ReadCloser {
		_, err := v.Destroy(t.Context(), number)
		must(t, err)
		return body
	}
	v = vault(t, destroying, 1024)
	o := order
	o.Host = running(t, number, 4096).host
	if made, err := v.Copy(t.Context(), o); err == nil {
		t.Errorf("made %+v", made)
	}
	if left, err := v.Left(t.Context(), number); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// §3.9: a copy that is no longer kept is gone whole, and only that one.
func TestForget_DeletesOneCopyWhole(t *testing.T) {
	t.Parallel()
	v, s := vault(t, asking(), 1000), running(t, number, 1600)
	v.made(t, s, order)
	next := v.made(t, s, backup.Order{Contract: number, Day: today.AddDays(1)})
	must(t, v.Forget(t.Context(), number, today))
	if _, err := v.Verify(t.Context(), number, today); code(err) != "no_copy" {
		t.Errorf("got %v", err)
	}
	if now := stored(t, v.dir); len(now) != next.Objects {
		t.Errorf("left %v", now)
	}
	_, err := v.Verify(t.Context(), number, next.Day)
	must(t, err)
}

// §7.2: the keys lie somewhere else than the copies, or nothing is opened.
func TestOpen_KeepsTheKeysApartFromTheCopies(t *testing.T) {
	t.Parallel()
	dir := "file://" + t.TempDir()
	for _, tt := range []struct {
		copies, keys string
		good         bool
	}{
		{dir + "/a", dir + "/b", true},
		{dir + "/a", dir + "/ab", true},
		{"mem://", "mem://", true},
		{dir + "/a", dir + "/a", false},
		{dir + "/a", dir + "/a/", false},
		{dir + "/a", dir + "/a/keys", false},
		{dir + "/a/copies", dir + "/a", false},
		{dir + "/a", dir + "/a?metadata=skip", false},
		{"oss://bucket", dir, false},
		{"", dir, false},
	} {
		v, err := offsite.Open(t.Context(), offsite.Options{Copies: tt.copies, Keys: tt.keys, Engine: "lvyue"}, asking())
		if (err == nil) != tt.good || (!tt.good && code(err) != "bad_backup_store") {
			t.Errorf("%s and %s: %v", tt.copies, tt.keys, err)
		}
		if err == nil {
			must(t, v.Close())
		}
	}
}

func code(err error) string {
	if no, is := refusal.As(err); is {
		return no.Code
	}
	if f, is := failure.As(err); is {
		return f.Code
	}
	return ""
}
