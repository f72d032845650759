package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

func TestDestruction_TheCustomerChecksTheCertificate(t *testing.T) { // §7.2
	t.Parallel()
	store := testkit.Postgres(t)
	ask := asking(t, store)
	signedContract(t, store, "HT-2025-001", "远山商贸有限公司", "2025-09-26")
	if out, _, status := ask("destruction", "certificate", "HT-2025-001", "--json"); status != 3 || refused(t, out) != "not_destroyed" {
		t.Fatalf("status %d: %s", status, out)
	}
	at := time.Date(2027, time.October, 9, 11, 0, 0, 0, workday.Shanghai)
	err := store.Record(t.Context(), message.Record{Contract: "HT-2025-001", Events: []message.Event{{
		Key: "gone", At: at, What: "certificate", Clause: "7.2", Subject: "destruction", Detail: message.Report{
			Duty: "destruction", At: at, ReadBack: []time.Time{at, at},
			Before: []hosting.Resource{{Kind: hosting.Disk, ID: "d-1", Region: "cn-beijing", FoundBy: hosting.ByRecord}},
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	file, page := filepath.Join(t.TempDir(), "certificate.json"), filepath.Join(t.TempDir(), "certificate.html")
	out, complaint, status := ask("destruction", "certificate", "HT-2025-001", "--out", file, "--html", page, "--lang", "en")
	if status != 0 || !strings.Contains(out, "our own record") || !strings.Contains(out, file) || !strings.Contains(out, page) {
		t.Fatalf("status %d: %s%s", status, out, complaint)
	}
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "d-1") {
		t.Errorf("the page: %v %s", err, text)
	}
	out, complaint, status = ask("destruction", "verify", file, "--json")
	var d struct {
		Verified    bool `json:"verified"`
		Certificate struct {
			Head string `json:"head"`
		} `json:"certificate"`
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil || status != 0 || !d.Verified {
		t.Fatalf("status %d: %v %s%s", status, err, out, complaint)
	}
	if _, complaint, status := ask("destruction", "verify", file, "--head", d.Certificate.Head); status != 0 {
		t.Errorf("with its head: status %d: %s", status, complaint)
	}
	alter(t, file)
	if out, _, status := ask("destruction", "verify", file, "--json"); status != 1 || refused(t, out) != "certificate_altered" {
		t.Errorf("altered: status %d: %s", status, out)
	}
	if out, _, status := ask("destruction", "verify", page, "--json"); status != 2 || refused(t, out) != "not_a_certificate" {
		t.Errorf("a page: status %d: %s", status, out)
	}
}

// alter names another disk in the certificate, and leaves its evidence.
func alter(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), `"d-1"`, `"d-2"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}
