package offsite

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://
	_ "gocloud.dev/blob/memblob"  // mem://

	"lvyue/internal/failure"
)

// openStore opens the store at a URL, of which only what begins with the engine's name is seen. place is the URL without what
// may be secret in it.
func openStore(ctx context.Context, address, engine string) (bucket *blob.Bucket, place string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return nil, "", badStore(address, nil) // the cause quotes the address
	}
	if u.Scheme == "file" {
		inFolders(u)
	}
	bucket, err = blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, "", badStore(address, err)
	}
	return blob.PrefixedBucket(bucket, engine+"/"), u.Scheme + "://" + u.Host + u.Path, nil
}

// inFolders has a store of files make its folders for its owner alone, keep nothing beside the objects, and write what is not
// complete yet beside them, where a destruction finds it, and not where all programs put theirs.
func inFolders(u *url.URL) {
	q := u.Query()
	q.Set("create_dir", "1")
	q.Set("dir_file_mode", "0700")
	q.Set("metadata", "skip")
	q.Set("no_tmp_dir", "1")
	u.RawQuery = q.Encode()
}

// apart tells whether no object of one store is one of the other. Every store in memory is by itself.
func apart(a, b string) bool {
	if strings.HasPrefix(a, "mem:") || strings.HasPrefix(b, "mem:") {
		return true
	}
	a, b = path.Clean(a)+"/", path.Clean(b)+"/"
	return !strings.HasPrefix(a, b) && !strings.HasPrefix(b, a)
}

// private lets nobody but the owner read what is written to a file.
func private(as func(any) bool) error {
	const owner = 0o600
	var f *os.File
	if !as(&f) {
		return nil
	}
	return f.Chmod(owner) //nolint:wrapcheck // it names the file
}

// badStore never holds more of the address than its scheme: there may be a secret in it.
func badStore(address string, cause error) error {
	scheme, _, _ := strings.Cut(address, ":")
	return failure.New("bad_backup_store", cause,
		fmt.Sprintf("异地备份的存储无法使用（%s）：LVYUE_BACKUP_URL 与 LVYUE_BACKUP_KEYS_URL 须为两个互不包含的地址，例如 file:///mnt/offsite/copies", scheme),
		fmt.Sprintf("the store of the off-site copies cannot be used (%s): LVYUE_BACKUP_URL and LVYUE_BACKUP_KEYS_URL must be two places, "+
			"neither within the other, such as file:///mnt/offsite/copies", scheme))
}
