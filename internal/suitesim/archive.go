package suitesim

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// Tar is all files in one archive, in the order of their paths and with one time for all, so that the same files give the
// same bytes.
func (f *Files) Tar() ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, path := range slices.Sorted(maps.Keys(f.Kept)) {
		content := f.Kept[path]
		header := &tar.Header{
			Typeflag: tar.TypeReg, Name: path, Size: int64(len(content)), Mode: 0o644, ModTime: time.Unix(0, 0), Format: tar.FormatPAX,
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
		if _, err := w.Write(content); err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write the archive: %w", err)
	}
	return out.Bytes(), nil
}

// errNoArchive is all that is said of bytes that Tar did not write.
var errNoArchive = errors.New("this is no archive of files as it is written here")

// unpack reads an archive, or refuses it whole. Nothing is taken that Tar would write in another way.
func unpack(archive []byte) (*Files, error) {
	read := &Files{}
	r := tar.NewReader(bytes.NewReader(archive))
	for {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(errNoArchive, err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return nil, errors.Join(errNoArchive, err)
		}
		if err := read.Add(header.Name, content); err != nil {
			return nil, errors.Join(errNoArchive, err)
		}
	}
	again, err := read.Tar()
	if err != nil || !bytes.Equal(again, archive) {
		return nil, errNoArchive
	}
	return read, nil
}
