package certificate_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lvyue/internal/certificate"
	"lvyue/internal/evidence"
	"lvyue/internal/failure"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

const number = "HT-2025-001"

// chain is the evidence of these events.
func chain(t *testing.T, events ...message.Event) []evidence.Link {
	t.Helper()
	var links []evidence.Link
	hash := evidence.Root(number)
	for i, e := range events {
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		link := evidence.Link{Seq: int64(i) + 1, Event: string(text), Previous: hash, Hash: evidence.Hash(hash, string(text))}
		links, hash = append(links, link), link.Hash
	}
	return links
}

var at = time.Date(2027, time.October, 9, 11, 0, 0, 0, workday.Shanghai)

func confirmed(who string) message.Event {
	return message.Event{Key: who, What: string(message.Confirm), Actor: message.Actor{Who: who}, ReceivedAt: at, At: at}
}

// life is a contract that ended, and whose data two persons had destroyed.
func life() []message.Event {
	return []message.Event{
		{Key: "1", What: "phase", Changed: message.Changed{Contract: &message.ContractRow{
			Number: number, Customer: "远山 <商贸>", Provider: "云桥", EndedOn: workday.MustDate("2027-09-30"), Ground: message.Agreement,
		}}},
		{Key: "2", What: "opened", Changed: message.Changed{Obligation: &message.Obligation{
			ID: "destruction", DueOn: workday.MustDate("2027-10-13"), Calendar: "2027-1",
		}}},
		confirmed("chen"), confirmed("wang"),
		{Key: "5", What: "certificate", Subject: "destruction", Detail: message.Report{
			Duty: "destruction", N: 1, At: at, ReadBack: []time.Time{at, at.Add(time.Second)},
			Before: []hosting.Resource{
				{Kind: hosting.Server, ID: "i-1", Region: "cn-beijing", FoundBy: hosting.ByTag},
				{Kind: hosting.Snapshot, ID: "s-1", Region: "cn-beijing", FoundBy: hosting.ByRelation},
			},
		}},
		{Key: "6", What: "receipt"},
	}
}

func made(t *testing.T) certificate.File {
	t.Helper()
	f, err := certificate.Of(number, chain(t, life()...))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestACertificateSaysWhatTheEvidenceSays(t *testing.T) { // §7.2
	t.Parallel()
	f := made(t)
	c := f.Certificate
	if c.Customer != "远山 <商贸>" || c.EndedOn.String() != "2027-09-30" || c.Ground != message.Agreement || c.DueOn.String() != "2027-10-13" {
		t.Errorf("the certificate says %+v", c)
	}
	if len(c.InstructedBy) != 2 || c.InstructedBy[0].Who != "chen" || c.InstructedBy[1].Who != "wang" || !c.InstructedBy[1].At.Equal(at) {
		t.Errorf("instructed by %+v", c.InstructedBy)
	}
	if len(c.Destroyed) != 2 || c.Destroyed[1].ID != "s-1" || c.Destroyed[1].FoundBy != "relation" || c.Destroyed[1].Method == "" {
		t.Errorf("destroyed %+v", c.Destroyed)
	}
	if len(c.ReadBack) != 2 || len(c.NotCovered) == 0 || c.Event != 5 || len(f.Evidence) != 5 || c.Head != f.Evidence[4].Hash {
		t.Errorf("read back %v, not covered %v, event %d of %d", c.ReadBack, c.NotCovered, c.Event, len(f.Evidence))
	}
}

func TestEveryKindHasItsMethodAndItsName(t *testing.T) { // §7.2
	t.Parallel()
	events := life()
	report, _ := events[4].Detail.(message.Report)
	report.Before = nil
	for _, kind := range hosting.EveryKind() {
		if kind != hosting.Backup { // is reported, and kept from being certified
			report.Before = append(report.Before, hosting.Resource{Kind: kind, ID: string(kind)})
		}
		if name := words.Piece(kind); name.ZH == string(kind) || name.EN == "" {
			t.Errorf("%s is called %+v", kind, name)
		}
	}
	events[4].Detail = report
	f, err := certificate.Of(number, chain(t, events...))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range f.Certificate.Destroyed {
		if item.Method == "" {
			t.Errorf("nobody knows how a %s is destroyed", item.Kind)
		}
	}
}

// What one try destroyed, and a later one found gone, stands on the certificate.
func TestEveryTryCounts(t *testing.T) { // §7.2
	t.Parallel()
	events := life()
	report, _ := events[4].Detail.(message.Report)
	stock := message.Event{Key: "stock", What: "inventory", Subject: "destruction", Detail: message.Report{
		Duty: "destruction", N: 1, At: at, Stock: true, Before: append(report.Before, hosting.Resource{Kind: hosting.Disk, ID: "d-1"}),
	}}
	report.N, report.Before = 2, report.Before[:1]
	events[4].Detail = report
	f, err := certificate.Of(number, chain(t, append([]message.Event{stock}, events...)...))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, item := range f.Certificate.Destroyed {
		ids = append(ids, item.ID)
	}
	if got := strings.Join(ids, " "); got != "i-1 s-1 d-1" {
		t.Errorf("destroyed are %s", got)
	}
}

func TestWithoutADestructionThereIsNoCertificate(t *testing.T) { // §7.2
	t.Parallel()
	_, err := certificate.Of(number, chain(t, life()[:4]...))
	if no, ok := refusal.As(err); !ok || no.Code != "not_destroyed" {
		t.Errorf("got %v", err)
	}
}

// read is the file as the customer has it, after a change of its text.
func read(t *testing.T, f certificate.File, change func(string) string) certificate.File {
	t.Helper()
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	again, err := certificate.Read([]byte(change(string(data))))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestACertificateIsCheckedByItselfAlone(t *testing.T) { // §7.2
	t.Parallel()
	f := made(t)
	same := func(s string) string { return s }
	swap := func(from, to string) func(string) string {
		return func(s string) string { return strings.Replace(s, from, to, 1) }
	}
	for _, tt := range []struct {
		name   string
		change func(string) string
		head   string
		code   string
	}{
		{"as it was made", same, "", ""},
		{"as it was made, with its head", same, f.Certificate.Head, ""},
		{"with another head", same, strings.Repeat("0", 64), "other_head"},
		{"one thing less", swap(`,{"kind":"snapshot","id":"s-1","region":"cn-beijing","found_by":"relation","method":"DeleteSnapshot Force=true"}`, ""), "", "certificate_altered"},
		{"another day", swap(`"due_on":"2027-10-13"`, `"due_on":"2027-10-14"`), "", "certificate_altered"},
		{"another person", swap(`"who":"wang"`, `"who":"li"`), "", "certificate_altered"},
		{"less that is not covered", swap(`"not_covered":[`, `"not_covered":[{"zh":"无","en":"none"},`), "", "certificate_altered"},
		{"a day twice", swap(`"due_on":"2027-10-13"`, `"due_on":"2027-10-20","due_on":"2027-10-13"`), "", "certificate_altered"},
		{"the whole certificate twice", swap(`{"certificate":`, `{"certificate":{},"certificate":`), "", "certificate_altered"},
		{"a field that we do not know", swap(`"version":1`, `"version":1,"media":"shredded"`), "", "certificate_altered"},
		{"a name in capitals beside ours", swap(`"customer":`, `"Customer":"X","customer":`), "", "certificate_altered"},
		{"with more space", swap(`{"certificate":`, "{\n  \"certificate\" : "), "", ""},
		{"with an escape undone", swap(`\u003c商贸\u003e`, `<商贸>`), "", ""},
		{"with its head in capitals", same, " " + strings.ToUpper(f.Certificate.Head) + "\n", ""},
		{"other evidence", swap(`s-1\"`, `s-2\"`), "", "evidence_broken"},
		{"another contract", swap(`"contract":"HT-2025-001"`, `"contract":"HT-2025-002"`), "", "evidence_broken"},
		{"of another release", swap(`"version":1`, `"version":3`), "", "other_version"},
	} {
		err := read(t, f, tt.change).Verify(tt.head)
		code := ""
		if trouble, ok := failure.As(err); ok {
			code = trouble.Code
		}
		if code != tt.code || (err == nil) != (tt.code == "") {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.code)
		}
	}
	longer := f
	longer.Evidence = chain(t, life()...)
	if err := longer.Verify(""); err == nil {
		t.Error("evidence was added, and nothing is said")
	}
}

func TestAnOlderReleaseKeptNoList(t *testing.T) { // §7.2
	t.Parallel()
	events := life()
	events[4].Detail = message.Report{Duty: "destruction", N: 1, At: at}
	f, err := certificate.Of(number, chain(t, events...))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(""); err != nil {
		t.Error(err)
	}
	var page bytes.Buffer
	if err := f.Certificate.Write(&page); err != nil || !strings.Contains(page.String(), "kept no list") {
		t.Errorf("the page does not say so (%v)", err)
	}
}

func TestWhatIsNoCertificateIsRefused(t *testing.T) { // §7.2
	t.Parallel()
	for _, text := range []string{"", "{}", "[]", "no json", `{"certificate":{"contract":"X"}}`} {
		_, err := certificate.Read([]byte(text))
		if no, ok := refusal.As(err); !ok || no.Code != "not_a_certificate" || !no.Input {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestThePageEscapesWhatItShows(t *testing.T) { // §7.2
	t.Parallel()
	f := made(t)
	var page bytes.Buffer
	if err := f.Certificate.Write(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"远山 &lt;商贸&gt;", "i-1", "快照 snapshot", "附属关系 what it belongs to", "协议终止 agreement", "2027-10-09 11:00:00", f.Certificate.Head} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page.String(), "<商贸>") || strings.Contains(page.String(), "<script") {
		t.Error("the page does not escape")
	}
}
