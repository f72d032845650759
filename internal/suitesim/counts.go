package suitesim

import (
	"crypto/sha256"
	"encoding/hex"

	"lvyue/internal/suite"
)

// Counts are the counts of the database and the files; tables are in the order of their names.
func Counts(data *Database, files *Files) (suite.Counts, error) {
	counts := suite.Counts{Tables: []suite.Table{}}
	for _, name := range data.names() {
		t := data.Tables[name]
		counts.Tables = append(counts.Tables, suite.Table{Name: name, Rows: int64(len(t.Rows)), SHA256: sum(t.dump(name))})
	}
	archive, err := files.Tar()
	if err != nil {
		return suite.Counts{}, err
	}
	counts.Files = suite.Content{Files: int64(len(files.Kept)), Bytes: files.bytes(), SHA256: sum(archive)}
	return counts, nil
}

// bytes is what all files take.
func (f *Files) bytes() int64 {
	var n int64
	for _, content := range f.Kept {
		n += int64(len(content))
	}
	return n
}

func sum(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}
