package workflows_test

import (
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// fee is the annual fee of the form.
const fee = "120000.00"

func (s *story) signs(by message.Side) deed {
	return deed{name: message.Sign, who: string(by), body: message.Signature{By: by, FormHash: s.form.Hash()}}
}

// signsOn is a signature that bears a day.
func (s *story) signsOn(by message.Side, on string) deed {
	return deed{name: message.Sign, who: string(by), body: message.Signature{By: by, FormHash: s.form.Hash(), On: workday.MustDate(on)}}
}

func pays(amount, reference string) deed {
	return deed{id: reference, name: message.Pay, who: "chen", body: message.Payment{Amount: money.MustParse(amount), Reference: reference}}
}

func names(day string) deed {
	return deed{name: message.Designate, who: "chen", body: message.Designation{DeployOn: workday.MustDate(day)}}
}

func offers(amount string, terms *contract.Configuration) deed {
	return deed{name: message.Offer, who: "chen", body: message.Proposal{By: message.Provider, Fee: money.MustParse(amount), Terms: terms}}
}

func accepts() deed {
	return deed{name: message.Reply, who: "chen", body: message.Decision{Accept: true}}
}

func declines() deed {
	return deed{name: message.Reply, who: "chen", body: message.Decision{}}
}

func terminates(on string, ground message.Ground) deed {
	return deed{name: message.Terminate, who: "chen", body: message.Termination{Ground: ground, On: workday.MustDate(on)}}
}

func confirms(who string) deed {
	return deed{name: message.Confirm, who: who, body: message.Confirmation{What: "destruction"}}
}

func holds(who string) deed {
	return deed{name: message.Hold, who: who, body: message.Confirmation{What: "destruction"}}
}

func misses(required, measured int64) deed {
	return deed{name: message.Shortfall, who: "chen", body: message.Measurement{Required: required, Measured: measured}}
}

func disputes(obligations ...string) deed {
	return deed{name: message.Dispute, who: "customer", body: message.Complaint{By: message.Customer, Obligations: obligations}}
}

func waives(obligation string) deed {
	return deed{name: message.Waive, who: "chen", body: message.Waiver{Obligation: obligation}}
}

// amend is the changed form signed by both sides.
func amend(changed contract.Form) []deed {
	signs := func(by message.Side) deed {
		return deed{name: message.Amend, who: string(by), body: message.Amendment{
			By: by, FormHash: changed.Hash(), Terms: changed.Public(),
		}}
	}
	return []deed{signs(message.Customer), signs(message.Provider)}
}

func retries(duty string) deed {
	return deed{name: message.Retry, who: "chen", body: message.Again{Duty: duty}}
}

// publishes imports a notice of the State Council and tells the contract.
func publishes(n workday.Notice) deed {
	return happens(func(s *story) { publishesAt(n, s.now()).other(s) })
}

// publishesAt tells the contract that the notice was imported at that instant.
func publishesAt(n workday.Notice, at time.Time) deed {
	return happens(func(s *story) {
		_, err := s.store.ImportNotice(s.t.Context(), n)
		must(s.t, err)
		s.env.SignalWorkflow(message.CalendarSignal, message.Published{Notice: "2027", Number: n.Number, At: at.In(workday.Shanghai)})
	})
}

// for2027 is a notice like those of other years. The days off and the make-up days of New Year are the caller's.
func for2027(off []string, work ...string) workday.Notice {
	off = append(off, "02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "02-11", "02-12", "04-03", "04-04", "04-05",
		"05-01", "05-02", "05-03", "05-04", "05-05", "06-09", "09-15",
		"10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07")
	work = append(work, "01-30", "02-20", "05-08", "09-26", "10-09")
	n := workday.Notice{Year: 2027, Number: "a story's"}
	for _, day := range off {
		n.Days = append(n.Days, workday.NoticeDay{Date: workday.MustDate("2027-" + day), Name: "a holiday", Off: true})
	}
	for _, day := range work {
		n.Days = append(n.Days, workday.NoticeDay{Date: workday.MustDate("2027-" + day), Name: "a holiday"})
	}
	return n
}

// comesIntoForce is signed by both on Friday 26 September 2025: the first fee is due on 10 October.
func (s *story) comesIntoForce() {
	s.t.Helper()
	s.at("2025-09-26 10:00", s.signs(message.Customer))
	s.at("2025-09-26 16:00", s.signs(message.Provider))
}

// comesIntoService is paid on 9 October, with 20 October named: the first service year ends on 19 October 2026,
// and its talks open on 21 September.
func (s *story) comesIntoService() {
	s.t.Helper()
	s.comesIntoForce()
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
}

// soon is what the vendor takes for a database.
const soon = 10 * time.Second
