package aliyun

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// download follows a link as anybody can, for a part if one is given.
func download(t *testing.T, link, part string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	if part != "" {
		request.Header.Set("Range", part)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// backup has one taken of the database, and lists it.
func (h hands) backup(database string) rds.Backup {
	h.t.Helper()
	request := rds.CreateCreateBackupRequest()
	request.DBInstanceId = database
	h.do(request, rds.CreateCreateBackupResponse())
	return h.listed(database)
}

// listed is the only backup of the database, with links of now.
func (h hands) listed(database string) rds.Backup {
	h.t.Helper()
	request, response := rds.CreateDescribeBackupsRequest(), rds.CreateDescribeBackupsResponse()
	request.DBInstanceId = database
	h.do(request, response)
	if len(response.Items.Backup) != 1 {
		h.t.Fatalf("%d backups", len(response.Items.Backup))
	}
	return response.Items.Backup[0]
}

func TestSimulator_BackupsAreDownloaded(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	h, database := hands{b, t}, standing(b.ensure(t)).id(hosting.Database)
	taken := h.backup(database)
	status, whole := download(t, taken.BackupDownloadURL, "")
	if status != http.StatusOK || int64(len(whole)) != taken.BackupSize || !strings.Contains(whole, database) {
		t.Errorf("got %d and %d bytes of %d", status, len(whole), taken.BackupSize)
	}
	if status, part := download(t, taken.BackupIntranetDownloadURL, "bytes=3-12"); status != http.StatusPartialContent || part != whole[3:13] {
		t.Errorf("a part: %d %q", status, part)
	}
	b.advance(24 * time.Hour)
	if status, _ := download(t, taken.BackupDownloadURL, ""); status != http.StatusForbidden {
		t.Errorf("the next day: %d", status)
	}
	taken = h.listed(database)
	if status, again := download(t, taken.BackupDownloadURL, ""); status != http.StatusOK || again != whole {
		t.Errorf("by a new link: %d and %d bytes", status, len(again))
	}
	remove := rds.CreateDeleteBackupRequest()
	remove.DBInstanceId, remove.BackupId = database, taken.BackupId
	h.do(remove, rds.CreateDeleteBackupResponse())
	if status, _ := download(t, taken.BackupDownloadURL, ""); status != http.StatusNotFound {
		t.Errorf("deleted: %d", status)
	}
}

// §7.2: nobody fetches the data after the destruction by a link that was known before it.
func TestDestroy_EndsEveryDownload(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	taken := hands{b, t}.backup(known.id(hosting.Database))
	if status, _ := download(t, taken.BackupDownloadURL, ""); status != http.StatusOK {
		t.Fatalf("before: %d", status)
	}
	if left := b.destroyAll(t, known); len(left) != 0 {
		t.Fatalf("left %+v", left)
	}
	for _, link := range []string{taken.BackupDownloadURL, taken.BackupIntranetDownloadURL} {
		if status, _ := download(t, link, ""); status != http.StatusNotFound { // its time is not over
			t.Errorf("after: %d", status)
		}
	}
}

// A link is a credential: an answer that cannot be read brings no part of one into an error.
func TestBackups_NoLinkInAnError(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	for _, link := range []string{"http://rdsbak/file?Signature=opensesame", "http://rdsbak/file?Expires=1\\u0026Signature=opensesame"} {
		c := b.through(t, func(string, url.Values) *http.Response {
			return says(http.StatusOK, `{"TotalRecordCount":"1","Items":{"Backup":[{"BackupDownloadURL":"`+link+`"]}}`)
		})
		_, err := site{c, hosting.DefaultRegion}.backups(t.Context(), "rm-1", time.Time{})
		if err == nil || strings.Contains(err.Error(), "rdsbak") || strings.Contains(err.Error(), "opensesame") {
			t.Errorf("got %v", err)
		}
	}
}
