package aliyunsim

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/suite"
)

// fetched is what a link gives.
type fetched struct {
	status int
	header http.Header
	text   string
}

// follow asks at an address as anybody can, for a part if one is given: "bytes=0-9".
func follow(t *testing.T, method, address, part string) fetched {
	t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, address, nil)
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
	return fetched{response.StatusCode, response.Header, string(text)}
}

// serves insists on the status, and that a refusal repeats nothing of the link.
func serves(t *testing.T, link string, status int) {
	t.Helper()
	got := follow(t, http.MethodGet, link, "")
	if got.status != status || strings.Contains(got.text, "Signature=") || status != http.StatusOK && len(got.text) > 80 {
		t.Errorf("got %d %s, want %d", got.status, got.text, status)
	}
}

const firstBackup = "Items.Backup.0."

// link is the public one to the first backup that the list has now.
func (c *client) link(action, params string) string {
	c.t.Helper()
	return c.want("", action, params).id(c.t, firstBackup+"BackupDownloadURL")
}

// operate does one of the operator's requests with the system's database.
func (d *stand) operate(method, body string) (int, string) {
	d.t.Helper()
	return d.ask(method, d.address+suite.Database, "Bearer opensesame", body)
}

func TestDownload_IsTheDataAsItWasWhenTheBackupBegan(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	d := newStand(t, Options{Log: &log})
	d.fill()
	if got := d.run(d.script); got.at(result+"InvocationStatus") != "Success" {
		t.Fatal(got.text)
	}
	_, then := d.operate(http.MethodGet, "")
	mine := "DBInstanceId=" + d.database
	d.want("", "CreateBackup", mine)
	empty := "-- suite database 1\nSET NAMES utf8mb4;\n-- end: 0 tables\n"
	if status, text := d.operate(http.MethodPut, empty); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, text)
	}
	asked := strings.Count(log.String(), "\n")
	got := follow(t, http.MethodGet, d.link("DescribeBackups", mine), "")
	if !strings.Contains(then, "oa_document") || !strings.HasSuffix(got.text, "USE `lvyue`;\n"+then) {
		t.Errorf("the backup has %s\nthe system had %s", got.text, then)
	}
	if strings.Count(log.String(), "\n") != asked+1 || strings.Contains(log.String(), "Expires") {
		t.Errorf("more than the list, or a link, is on record: %s", log.String())
	}
	d.want("", "DeleteDBInstance", mine) // which leaves a last backup, of the database as it was emptied
	last := follow(t, http.MethodGet, d.link("DescribeDetachedBackups", "Region="+here+"&"+mine), "")
	if last.status != http.StatusOK || !strings.HasSuffix(last.text, "USE `lvyue`;\n"+empty) {
		t.Errorf("the last backup: %d %s", last.status, last.text)
	}
}

func TestDownload_WholeAndInParts(t *testing.T) {
	t.Parallel()
	var late atomic.Int64 // nanoseconds
	c := newClient(t, Options{GrowTakes: time.Hour, Clock: func() time.Time { return atNoon().Add(time.Duration(late.Load())) }})
	database := c.database()
	mine := "DBInstanceId=" + database
	c.want("", "CreateDatabase", mine+"&DBName=lvyue&CharacterSetName=utf8mb4")
	c.want("", "CreateBackup", mine+"&BackupMethod=Logical")
	late.Store(int64(time.Hour))
	listed := c.want("", "DescribeBackups", mine)
	public, intranet := listed.id(t, firstBackup+"BackupDownloadURL"), listed.id(t, firstBackup+"BackupIntranetDownloadURL")
	whole := follow(t, http.MethodGet, public, "")
	size := strconv.Itoa(len(whole.text))
	listed.is(t, map[string]any{
		firstBackup + "BackupSize": size, firstBackup + "BackupMethod": "Logical", firstBackup + "BackupType": "FullBackup",
		firstBackup + "BackupStartTime": "2025-10-09T04:00:00Z", firstBackup + "BackupEndTime": "2025-10-09T05:00:00Z",
		firstBackup + "BackupMode": "Manual", firstBackup + "BackupInitiator": "User", firstBackup + "StoreStatus": "Enabled",
	})
	if whole.status != http.StatusOK || whole.header.Get("Content-Length") != size || !strings.Contains(whole.text, "-- backup of "+database) {
		t.Errorf("got %d %v %s", whole.status, whole.header, whole.text)
	}
	if whole.header.Get("ETag") != `"`+listed.id(t, firstBackup+"Checksum")+`"` || intranet == public {
		t.Errorf("the checksum of %v; %t", whole.header, intranet == public)
	}
	for _, link := range []string{public, intranet} {
		part, rest := follow(t, http.MethodGet, link, "bytes=0-9"), follow(t, http.MethodGet, link, "bytes=10-")
		if part.status != http.StatusPartialContent || part.header.Get("Content-Range") != "bytes 0-9/"+size || part.text+rest.text != whole.text {
			t.Errorf("got %d %v and %d bytes", part.status, part.header, len(rest.text))
		}
	}
	if got := follow(t, http.MethodGet, public, "bytes="+size+"-"); got.status != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("behind the end: %d", got.status)
	}
}

func TestDownload_OnlyByALinkThatIsOursAndServes(t *testing.T) {
	t.Parallel()
	var late atomic.Int64 // nanoseconds
	c := newClient(t, Options{Clock: func() time.Time { return atNoon().Add(time.Duration(late.Load())) }})
	mine := "DBInstanceId=" + c.database()
	c.want("", "CreateBackup", mine)
	link := c.link("DescribeBackups", mine)
	address, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	forged := func(name, value string) string {
		other, changed := *address, address.Query()
		changed.Set(name, value)
		other.RawQuery = changed.Encode()
		return other.String()
	}
	serves(t, link, http.StatusOK)
	for name, other := range map[string]string{
		"unsigned": c.s.URL() + address.Path, "later": forged("Expires", "9"+query.Get("Expires")), "no time": forged("Expires", ""),
		"another signature": forged("Signature", "x"+query.Get("Signature")), "another file": strings.Replace(link, "/bak-", "/bak-0", 1),
		"another network": strings.Replace(link, publicFiles, intranetFiles, 1),
	} {
		if got := follow(t, http.MethodGet, other, ""); got.status != http.StatusForbidden || !strings.Contains(got.text, "SignatureDoesNotMatch") {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	if got := follow(t, http.MethodPost, link, ""); got.status != http.StatusForbidden {
		t.Errorf("POST: %d", got.status)
	}
	late.Store(int64(linkLasts - time.Second))
	serves(t, link, http.StatusOK)
	late.Store(int64(linkLasts))
	if got := follow(t, http.MethodGet, link, ""); got.status != http.StatusForbidden || !strings.Contains(got.text, "AccessDenied") {
		t.Errorf("after its time: %d %s", got.status, got.text)
	}
	serves(t, c.link("DescribeBackups", mine), http.StatusOK) // the list has a new one
}

// §7.2: what is deleted cannot be fetched any more by a link that somebody kept.
func TestDownload_EndsWithTheBackup(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	mine := "DBInstanceId=" + c.database()
	c.want("", "CreateBackup", mine)
	listed := c.want("", "DescribeBackups", mine)
	serves(t, listed.id(t, firstBackup+"BackupDownloadURL"), http.StatusOK)
	c.want("", "DeleteBackup", mine+"&BackupId="+listed.id(t, firstBackup+"BackupId"))
	serves(t, listed.id(t, firstBackup+"BackupDownloadURL"), http.StatusNotFound)
	serves(t, listed.id(t, firstBackup+"BackupIntranetDownloadURL"), http.StatusNotFound)
}

// §7.2: whether the backups go with their database is the policy's to say.
func TestDownload_EndsWithTheDatabaseUnlessItsBackupsAreKept(t *testing.T) {
	t.Parallel()
	for policy, status := range map[string]int{"None": http.StatusNotFound, "Lastest": http.StatusNotFound, "All": http.StatusOK} {
		c := newClient(t, Options{})
		mine := "DBInstanceId=" + c.database()
		c.want("", "CreateBackup", mine)
		link := c.link("DescribeBackups", mine)
		c.want("", "ModifyBackupPolicy", mine+"&BackupPolicyMode=DataBackupPolicy&ReleasedKeepPolicy="+policy)
		c.want("", "DeleteDBInstance", mine)
		serves(t, link, status)
		if policy != "None" {
			serves(t, c.link("DescribeDetachedBackups", "Region="+here), http.StatusOK)
		}
	}
}

func TestDownload_NoneOfASnapshot(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	mine := "DBInstanceId=" + c.database()
	c.want("InvalidParameter", "CreateBackup", mine+"&BackupMethod=Copy")
	c.want("", "CreateBackup", mine+"&BackupMethod=Snapshot")
	c.want("", "DescribeBackups", mine).is(t, map[string]any{
		firstBackup + "BackupMethod": "Snapshot", firstBackup + "BackupDownloadURL": "", firstBackup + "BackupIntranetDownloadURL": "",
	})
}

func TestDownload_OutlivesARestart(t *testing.T) {
	t.Parallel()
	options := Options{StateFile: filepath.Join(t.TempDir(), "account.json")}
	c := newClient(t, options)
	mine := "DBInstanceId=" + c.database()
	c.want("", "CreateBackup", mine)
	before := follow(t, http.MethodGet, c.link("DescribeBackups", mine), "")
	again := newClient(t, options)
	if after := follow(t, http.MethodGet, again.link("DescribeBackups", mine), ""); after.text != before.text || after.text == "" {
		t.Errorf("got %q, before %q", after.text, before.text)
	}
}
