package offsite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lvyue/internal/backup"
)

// The files of a folder into which a copy is restored.
const (
	DatabaseFile = "database.sql"
	FilesFile    = "files.tar"
	ManifestFile = "manifest.json"
)

// Folder takes the data of a copy as plain files, which anybody can read without us.
type Folder string

// TakeDatabase writes the database as text.
func (f Folder) TakeDatabase(_ context.Context, size int64, data io.Reader) error {
	return f.take(DatabaseFile, size, data)
}

// TakeFiles writes the tar of the files.
func (f Folder) TakeFiles(_ context.Context, size int64, data io.Reader) error {
	return f.take(FilesFile, size, data)
}

// Explain writes the manifest, by whose sums the files can be checked.
func (f Folder) Explain(m backup.Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	const owner = 0o600
	return os.WriteFile(filepath.Join(string(f), ManifestFile), append(text, '\n'), owner) //nolint:wrapcheck // it names the file
}

// take writes a file whole or not at all, for its owner alone. One that is there is not replaced.
func (f Folder) take(name string, size int64, data io.Reader) error {
	const owner = 0o600
	path := filepath.Join(string(f), name)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, owner) //nolint:gosec // the operator names the folder
	if err != nil {
		return err //nolint:wrapcheck // it names the file
	}
	n, err := io.Copy(file, data)
	if err == nil && n != size {
		err = errShort
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(path))
	}
	return nil
}
