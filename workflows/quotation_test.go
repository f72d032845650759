package workflows_test

import (
	"encoding/json"
	"maps"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/backup"
	"lvyue/internal/certificate"
	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

func asks(diskGB, databaseGB, nodes int) deed {
	return deed{name: message.AskQuote, who: "chen", body: message.Growth{DiskGB: diskGB, DatabaseGB: databaseGB, Nodes: nodes}}
}

// takesWhatIsQuoted accepts the quote on the table at its amount.
func takesWhatIsQuoted(id string) deed {
	return happens(func(s *story) {
		view, err := s.store.View(s.t.Context(), s.form.Number)
		must(s.t, err)
		takesQuote(view.Contract.Quoted.String()).as(id).happen(s)
	})
}

// detailOf is the detail of the last event of that kind.
func detailOf[T any](s *story, what string) T {
	s.t.Helper()
	events, err := s.store.Timeline(s.t.Context(), s.form.Number)
	must(s.t, err)
	var detail T
	found := false
	for _, e := range events {
		if e.What == what {
			text, err := json.Marshal(e.Detail)
			must(s.t, err)
			must(s.t, json.Unmarshal(text, &detail))
			found = true
		}
	}
	if !found {
		s.t.Errorf("the evidence has no %s", what)
	}
	return detail
}

// sizes are how large the vendor says the data disk and the database are, how many servers there are, and how many snapshots.
func (s *story) sizes() (disk, database, servers, snapshots int) {
	s.t.Helper()
	plan, err := s.client("untold").Standing(s.t.Context(), hosting.Look{Contract: s.form.Number, Region: s.form.Hosting.Region})
	must(s.t, err)
	found, err := s.client("untold").Find(s.t.Context(), s.form.Number, s.form.Hosting.Region, nil)
	must(s.t, err)
	for _, r := range found {
		switch r.Kind {
		case hosting.Server:
			servers++
		case hosting.Snapshot:
			snapshots++
		}
	}
	return plan.ServerDiskGB, plan.DatabaseGB, servers, snapshots
}

// The vendor is asked, the customer accepts, the vendor is asked again, and what was bought is there; the invoice is the quote
// to the fen.
func TestExpansion_IsPricedAcceptedBoughtAndReadBack(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 150, 0).as("asked"), asks(800, 0, 0).as("at once again"))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.until("2026-03-03 00:00")
	s.wantTold(map[string]string{"asked": "", "at once again": "already_asking", "taken": ""})
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 11:00", "expansion-fee/1: opened 2026-03-02 11:00, pending",
	})
	if disk, database, _, snapshots := s.sizes(); disk != 700 || database != 150 || snapshots != 0 {
		t.Errorf("the disk has %d GB, the database %d; %d snapshots are left", disk, database, snapshots)
	}
	quoted := detailOf[message.Report](s, "quoted").Price
	s.compare("invoices", s.documents(), []string{
		"INV first-payment 120000.00 2025-09-26", "INV expansion-fee/1 " + quoted.Amount.String() + " 2026-03-02",
	})
	if len(quoted.Parts) != 2 || len(quoted.Answer) != 0 {
		t.Errorf("quoted were %+v", quoted)
	}
	s.sound()
}

func TestExpansion_IsAskedForAgainWhenThePriceMoved(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 11:00", happens(func(s *story) { s.account.SetPriceFactor(110) }), takesWhatIsQuoted("at the old price"))
	s.until("2026-03-02 12:00")
	first := s.duties("expansion")
	s.compare("duties", first, []string{"expansion/1: opened 2026-03-02 11:00, void"})
	if disk, _, _, _ := s.sizes(); disk != 500 {
		t.Errorf("the disk has %d GB, want 500: nothing was bought at another price", disk)
	}
	s.at("2026-03-02 13:00", takesWhatIsQuoted("at the new price"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-02 11:00, void",
		"expansion/2: opened 2026-03-02 13:00, met 2026-03-02 13:00", "expansion-fee/2: opened 2026-03-02 13:00, pending",
	})
	s.wantTold(map[string]string{"at the old price": "", "at the new price": ""})
	s.sound()
}

// The price is that of the rest of the year from the moment of the quote, so that hours that pass until it is accepted move
// nothing.
func TestExpansion_HoursThatPassMoveNoPrice(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-03 09:59:00", takesWhatIsQuoted("in time"))
	s.until("2026-03-03 12:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-03 09:59, met 2026-03-03 09:59", "expansion-fee/1: opened 2026-03-03 09:59, pending",
	})
	s.at("2026-03-04 10:00", asks(800, 0, 0))
	s.at("2026-03-05 10:00:30", takesWhatIsQuoted("a day later"))
	s.until("2026-03-06 00:00")
	s.wantTold(map[string]string{"in time": "", "a day later": "quote_expired"})
}

func TestExpansion_WithoutMoneyItWaitsForAPerson(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 11:00", happens(func(s *story) { must(s.t, s.account.SetBalance("0.10")) }), takesWhatIsQuoted("taken"))
	s.until("2026-03-02 12:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 11:00, pending, parked"})
	s.at("2026-03-02 13:00", happens(func(s *story) { must(s.t, s.account.SetBalance("100000.00")) }), retries("expansion/1"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 13:00", "expansion-fee/1: opened 2026-03-02 11:00, pending",
	})
	s.sound()
}

func TestExpansion_APriceThatTheVendorRefusesIsTold(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 09:00", breaks(aliyunsim.Fault{Operation: "ecs DescribePrice", First: 1, Trouble: aliyunsim.Forbidden}))
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 11:00", asks(700, 0, 0).as("again"))
	s.until("2026-03-02 12:00")
	s.wantTold(map[string]string{"again": ""})
	if r := detailOf[message.Report](s, "quote-failed"); r.Failure == "" {
		t.Errorf("the evidence says %+v", r)
	}
	if view := s.expect(want{}); !view.Contract.Quoted.IsPositive() {
		t.Error("the second try has brought no price")
	}
}

func TestExpansion_WhatMayBeAskedFor(t *testing.T) { // §5.7 §3.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-09-27 10:00", asks(700, 0, 0).as("before the year"))
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.at("2025-10-20 10:00", asks(499, 0, 0).as("less"), asks(0, 0, 1).as("one server"), asks(0, 0, 21).as("too many"), asks(500, 0, 0).as("the same"))
	s.until("2025-10-20 11:00")
	s.wantTold(map[string]string{
		"before the year": "not_in_service", "less": "not_an_expansion", "one server": "nothing_to_expand", "too many": "bad_load",
		"the same": "nothing_to_expand",
	})
}

// The end of the contract stops what is not bought.
func TestExpansion_TheEndStopsIt(t *testing.T) { // §5.7 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0), terminates("2026-03-02", message.Agreement))
	s.at("2026-03-02 12:00", happens(func(s *story) { must(s.t, s.account.SetBalance("0.10")) }))
	s.at("2026-03-02 13:00", takesWhatIsQuoted("taken"))
	s.until("2026-03-03 09:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 13:00, void, parked"})
	s.at("2026-03-03 10:00", confirms("chen"))
	s.at("2026-03-03 11:00", confirms("wang"))
	s.until("2026-03-04 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-02"})
	if left := s.account.Left(); left != 0 {
		t.Errorf("%d resources are left", left)
	}
}

// A second server makes a cluster, which carries the load before its users come to it; the destruction finds all of it.
func TestExpansion_ASecondServerMakesACluster(t *testing.T) { // §3.5 §5.7 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(0, 0, 2))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 11:00"})
	if _, _, servers, _ := s.sizes(); servers != 2 {
		t.Errorf("%d servers, want 2", servers)
	}
	if r := detailOf[message.Report](s, "grown"); r.Acceptance == nil || !r.Acceptance.Passed {
		t.Errorf("the cluster was not measured: %+v", r)
	}
	s.at("2026-03-04 10:00", asks(0, 0, 2).as("the same"), terminates("2026-03-04", message.Agreement))
	s.at("2026-03-05 10:00", confirms("chen"))
	s.at("2026-03-05 11:00", confirms("wang"))
	s.until("2026-03-06 00:00")
	s.wantTold(map[string]string{"taken": "", "the same": "nothing_to_expand"})
	s.expect(want{State: "destroyed, ended 2026-03-04"})
	if left := s.account.Left(); left != 0 {
		t.Errorf("%d resources are left", left)
	}
}

// A cluster that does not carry the load is taken back: its users stay on the first server, and a person is told.
func TestExpansion_AClusterThatFallsShortIsTakenBack(t *testing.T) { // §3.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(0, 0, 2))
	s.at("2026-03-02 11:00", happens(func(s *story) { s.account.SetCapacity(5) }), takesWhatIsQuoted("taken"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 11:00, pending, parked"})
	if _, _, servers, _ := s.sizes(); servers != 1 {
		t.Errorf("%d servers, want 1", servers)
	}
}

// What was accepted and is not bought yet keeps everything else from being bought twice, and is not there before it is.
func TestExpansion_NothingIsBoughtTwiceOrForNothing(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 10:30", breaks(aliyunsim.Fault{Operation: "ecs DescribePrice", First: 1, Trouble: aliyunsim.Forbidden}))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.at("2026-03-02 11:30", asks(700, 0, 0).as("asked"), grows(700, "1234.56", "by hand", "2026-03-31").as("by hand"),
		takesQuote("1.00").as("once more"), carriesOut("expansion/1", "").as("for nothing"))
	s.until("2026-03-02 12:00")
	s.compare("duties", s.duties("expansion"), []string{"expansion/1: opened 2026-03-02 11:00, pending, parked"})
	s.at("2026-03-02 13:00", retries("expansion/1"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 13:00", "expansion-fee/1: opened 2026-03-02 11:00, pending",
	})
	s.wantTold(map[string]string{
		"taken": "", "asked": "expansion_pending", "by hand": "expansion_pending", "once more": "expansion_pending", "for nothing": "not_bought",
	})
	s.sound()
}

// An acceptance does not hold for ever: what the vendor could not confirm within a day is priced anew.
func TestExpansion_AnAcceptanceLapsesAfterADay(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 10:30", breaks(aliyunsim.Fault{Operation: "ecs DescribePrice", First: 1, Trouble: aliyunsim.Forbidden}))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.at("2026-09-01 10:00", retries("expansion/1"))
	s.until("2026-09-01 12:00")
	s.compare("duties", s.duties("expansion"), []string{"expansion/1: opened 2026-03-02 11:00, void"})
	first, now := detailOf[message.Report](s, "quoted").Price.Amount, s.expect(want{}).Contract.Quoted
	if !now.Equal(first) || !now.IsPositive() || s.now().Before(instant(t, "2026-09-01 12:00")) {
		t.Errorf("on the table is %s, last quoted was %s", now, first)
	}
	if disk, _, _, _ := s.sizes(); disk != 500 {
		t.Errorf("the disk has %d GB", disk)
	}
	s.sound()
}

// §6.3: what is in dispute is not bought; when the dispute is settled, a person has it go on.
func TestExpansion_InDisputeItWaits(t *testing.T) { // §6.3 §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", asks(700, 0, 0))
	s.at("2026-03-02 10:30", breaks(aliyunsim.Fault{Operation: "ecs DescribePrice", First: 1, Trouble: aliyunsim.Forbidden}))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.at("2026-03-02 11:10", disputes("expansion/1"))
	s.at("2026-03-02 11:20", retries("expansion/1").as("too soon"))
	s.until("2026-03-02 12:00")
	s.compare("duties", s.duties("expansion"), []string{"expansion/1: opened 2026-03-02 11:00, frozen, parked"})
	s.at("2026-03-02 13:00", deed{name: message.SettleDispute, who: "chen", body: message.Settlement{Outcome: "go on"}})
	s.at("2026-03-02 13:10", retries("expansion/1").as("now"))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 13:10"})
	s.wantTold(map[string]string{"too soon": "in_dispute", "now": ""})
}

// More users are measured before they are said to be carried (§1.3); one server cannot carry any number.
func TestExpansion_MoreUsersAreMeasured(t *testing.T) { // §1.3 §3.5 §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	load := s.form.Load
	load.ByProduct = maps.Clone(load.ByProduct)
	for product, row := range load.ByProduct {
		row.Concurrent *= 2
		row.Users, load.Users = max(row.Users, row.Concurrent), max(load.Users, row.Concurrent)
		load.ByProduct[product] = row
	}
	beyond := load
	beyond.Users, beyond.ByProduct = 5000, maps.Clone(load.ByProduct)
	for product := range beyond.ByProduct {
		beyond.ByProduct[product] = contract.ProductLoad{Users: 5000, Concurrent: 5000}
	}
	s.at("2026-03-02 10:00", deed{id: "beyond", name: message.AskQuote, who: "chen", body: message.Growth{Load: &beyond}},
		deed{id: "twice", name: message.AskQuote, who: "chen", body: message.Growth{Load: &load}})
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.until("2026-03-03 00:00")
	s.wantTold(map[string]string{"beyond": "needs_cluster", "twice": "", "taken": ""})
	users := 0
	for _, product := range s.form.Products {
		users += load.ByProduct[product].Concurrent
	}
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-03-02 11:00, met 2026-03-02 11:00"})
	if a := detailOf[message.Report](s, "grown").Acceptance; a == nil || !a.Passed || a.Users != users {
		t.Errorf("measured was %+v, want %d users", a, users)
	}
}

// Servers that were bought are growth at the next renewal (§5.8).
func TestExpansion_ServersAreGrowthOnce(t *testing.T) { // §5.8 §3.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-01 10:00", offers("130000.00", nil).as("before"))
	s.at("2026-03-02 10:00", asks(0, 0, 2))
	s.at("2026-03-02 11:00", takesWhatIsQuoted("taken"))
	s.at("2026-03-04 10:00", offers("130000.00", nil).as("after"))
	s.until("2026-03-05 00:00")
	s.wantTold(map[string]string{"before": "fee_rise_without_growth", "taken": "", "after": ""})
}

// A destruction with copies outside the cloud can be tried again.
func TestDestruction_IsTriedAgainWithCopiesOutside(t *testing.T) { // §7.2 §3.9
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-01 10:00", happens(func(s *story) {
		_, err := s.vault.Copy(s.t.Context(), backup.Order{Contract: s.form.Number, Day: workday.MustDate("2026-03-01"), Host: s.endpoint()})
		must(s.t, err)
	}))
	s.at("2026-03-02 10:00", terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 09:00", breaks(aliyunsim.Fault{Operation: "ecs DeleteInstance", First: 99, Trouble: aliyunsim.Forbidden}))
	s.at("2026-03-03 10:00", confirms("chen"))
	s.at("2026-03-03 11:00", confirms("wang"))
	s.until("2026-03-03 12:00")
	s.compare("duties", s.duties("destruction"), []string{"destruction: opened 2026-03-03 00:00, due 2026-03-09, pending, parked"})
	s.at("2026-03-03 13:00", breaks(), retries("destruction"))
	s.until("2026-03-04 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-02"})
	if left, err := s.vault.Left(t.Context(), s.form.Number); err != nil || len(left) != 0 || s.account.Left() != 0 {
		t.Errorf("left are %+v and %d in the cloud, %v", left, s.account.Left(), err)
	}
	links, err := s.store.Evidence(t.Context(), s.form.Number)
	must(t, err)
	f, err := certificate.Of(s.form.Number, links)
	must(t, err)
	kinds := map[hosting.Kind]int{}
	for _, item := range f.Certificate.Destroyed {
		kinds[item.Kind]++
	}
	if kinds[hosting.OffsiteCopy] == 0 || kinds[hosting.BackupKey] != 1 || f.Certificate.Unrestorable.IsZero() {
		t.Errorf("the certificate lists %v", kinds)
	}
}

// endpoint is where the system answers.
func (s *story) endpoint() string {
	s.t.Helper()
	return hosting.Endpoint(s.deploymentReport().Resources)
}
