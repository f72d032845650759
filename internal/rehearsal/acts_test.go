package rehearsal_test

import (
	"strings"
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

func TestParse_ReadsEveryAct(t *testing.T) {
	t.Parallel()
	chen := message.Actor{Who: "chen", Role: "account-manager", Way: "rehearsal"}
	wang := message.Actor{Who: "wang", Role: "person", Way: "rehearsal"}
	customer := message.Actor{Who: "customer", Role: "party", Way: "rehearsal"}
	hash := parse(t, play("{at: 2025-09-26T10:00, do: sign, by: customer}")).Form.Hash()
	tests := []struct {
		event string
		actor message.Actor
		body  any
	}{
		{
			"{do: sign, by: customer, on: 2025-09-25, signatory: 张立, authority: authorised, sealed: true}", customer,
			message.Signature{
				By: message.Customer, On: workday.MustDate("2025-09-25"), FormHash: hash, Signatory: "张立",
				Authority: "authorised", Sealed: true,
			},
		},
		{
			`{do: pay, amount: "120000.00", reference: ICBC-001}`, chen,
			message.Payment{Amount: money.MustParse("120000.00"), Reference: "ICBC-001"},
		},
		{
			`{do: pay, amount: 0.01, on: 2025-09-24, reference: 7, account: A1, by: wang}`, wang,
			message.Payment{
				Amount: money.MustParse("0.01"), On: workday.MustDate("2025-09-24"), Reference: "7", Account: "A1",
			},
		},
		{"{do: designate, deploy_on: 2025-10-20}", chen, message.Designation{DeployOn: workday.MustDate("2025-10-20")}},
		{`{do: offer, fee: "1.00"}`, chen, message.Proposal{By: message.Provider, Fee: money.MustParse("1.00")}},
		{
			`{do: offer, fee: "1.00", by: customer}`, customer,
			message.Proposal{By: message.Customer, Fee: money.MustParse("1.00")},
		},
		{`{do: offer, fee: "1.00", by: wang}`, wang, message.Proposal{By: message.Provider, Fee: money.MustParse("1.00")}},
		{"{do: answer, accept: true}", chen, message.Decision{Accept: true}},
		{"{do: answer, accept: false, by: wang}", wang, message.Decision{}},
		{
			"{do: shortfall, required: 120, measured: 80, evidence: 压测报告}", chen,
			message.Measurement{Required: 120, Measured: 80, Evidence: "压测报告"},
		},
		{
			"{do: terminate, ground: load-shortfall, on: 2027-03-01, by: wang, document: abc}", wang,
			message.Termination{Ground: message.LoadShortfall, On: workday.MustDate("2027-03-01"), Document: "abc"},
		},
		{
			`{do: expand, disk_gb: 700, price: "12.34", answer: '{"OriginalPrice":12.34}', valid_until: 2026-03-31}`, chen,
			message.Growth{DiskGB: 700, Price: message.Price{
				Amount: money.MustParse("12.34"), Answer: []byte(`{"OriginalPrice":12.34}`), ValidUntil: workday.MustDate("2026-03-31").End(),
			}},
		},
		{`{do: accept-quote, price: "12.34", by: wang}`, wang, message.Acceptance{Amount: money.MustParse("12.34")}},
		{
			"{do: expanded, expansion: expansion/1, on: 2026-03-03, evidence: 截图}", chen,
			message.CarriedOut{Expansion: "expansion/1", On: workday.MustDate("2026-03-03"), Evidence: "截图"},
		},
		{"{do: confirm, what: destruction, by: wang}", wang, message.Confirmation{What: "destruction"}},
		{"{do: hold, what: destruction, reason: 调查}", chen, message.Confirmation{What: "destruction", Reason: "调查"}},
		{"{do: release-hold, what: destruction}", chen, message.Confirmation{What: "destruction"}},
		{"{do: waive, obligation: first-payment}", chen, message.Waiver{Obligation: "first-payment"}},
		{
			"{do: dispute, obligations: [first-payment, deployment], by: customer}", customer,
			message.Complaint{By: message.Customer, Obligations: []string{"first-payment", "deployment"}},
		},
		{"{do: settle-dispute, outcome: 和解, dispute: 2}", chen, message.Settlement{Dispute: 2, Outcome: "和解"}},
		{
			"{do: migrate-in, agreed_on: 2025-11-28}", chen,
			message.MovingIn{From: "old-system.example.com", AgreedOn: workday.MustDate("2025-11-28")},
		},
		{
			"{do: migrate-in, from: 'oa.example.com:8080', agreed_on: 2025-11-28, by: wang}", wang,
			message.MovingIn{From: "oa.example.com:8080", AgreedOn: workday.MustDate("2025-11-28")},
		},
		{"{do: cut-over}", chen, message.CuttingOver{Migration: "migration-in/1"}},
		{"{do: cut-over, migration: migration-in/2}", chen, message.CuttingOver{Migration: "migration-in/2"}},
		{"{do: migrate-off, agreed_on: 2026-03-31}", chen, message.MovingOff{AgreedOn: workday.MustDate("2026-03-31")}},
		{"{do: migrate-off, final: true}", chen, message.MovingOff{Final: true}},
		{
			"{do: accept-migration, document: 验收单, by: customer}", customer,
			message.PackageAcceptance{By: message.Customer, Document: ledger.HashOf([]byte("验收单"))},
		},
		{"{do: retry, duty: deployment}", chen, message.Again{Duty: "deployment"}},
	}
	for _, tt := range tests {
		t.Run(tt.event, func(t *testing.T) {
			t.Parallel()
			s := parse(t, play(strings.Replace(tt.event, "{", "{at: 2025-09-26T10:00, ", 1)))
			got := s.Events[0]
			if got.Body != nil && !equalJSON(t, got.Body, tt.body) {
				t.Errorf("body = %+v, want %+v", got.Body, tt.body)
			}
			if got.Actor != tt.actor {
				t.Errorf("actor = %+v, want %+v", got.Actor, tt.actor)
			}
		})
	}
}

func TestParse_ReadsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, asked, want string
	}{
		{"products alone", "products: [OA, TC]", `{"products":["OA","TC"],"load":{"users":300,"employees":500,"disk_gb":500,` +
			`"database_gb":100,"by_product":{"OA":{"users":300,"concurrent":120}}}}`},
		{
			"load alone", "load: {users: 400, employees: 500, disk_gb: 500, database_gb: 100, " +
				"by_product: {OA: {users: 400, concurrent: 120}, PB: {users: 80, concurrent: 20}}}",
			`{"products":["OA","PB"],"load":{"users":400,"employees":500,"disk_gb":500,"database_gb":100,` +
				`"by_product":{"OA":{"users":400,"concurrent":120},"PB":{"users":80,"concurrent":20}}}}`,
		},
		{
			"both", "products: [OA], load: {users: 1, employees: 1, disk_gb: 1, database_gb: 1, " +
				"by_product: {OA: {users: 1, concurrent: 1}}}",
			`{"products":["OA"],"load":{"users":1,"employees":1,"disk_gb":1,"database_gb":1,` +
				`"by_product":{"OA":{"users":1,"concurrent":1}}}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, play(`{at: 2026-09-26T10:00, do: offer, fee: "1.00", `+tt.asked+"}"))
			proposal, _ := s.Events[0].Body.(message.Proposal)
			if got := string(marshal(t, proposal.Terms)); got != tt.want {
				t.Errorf("asks for %s\nwant     %s", got, tt.want)
			}
		})
	}
}
