package workflows_test

import (
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

const fee = "120000.00"

func (s *story) signs(by message.Side) deed {
	return deed{name: message.Sign, who: string(by), body: message.Signature{By: by, FormHash: s.form.Hash()}}
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

func disputes(obligations ...string) deed {
	return deed{name: message.Dispute, who: "customer", body: message.Complaint{By: message.Customer, Obligations: obligations}}
}

func retries(duty string) deed {
	return deed{name: message.Retry, who: "chen", body: message.Again{Duty: duty}}
}

// publishes imports a notice of the State Council and tells the contract.
func publishes(n workday.Notice) deed {
	return happens(func(s *story) {
		_, err := s.store.ImportNotice(s.t.Context(), n)
		must(s.t, err)
		deed{signal: message.Published{Notice: "2027", At: s.now().In(workday.Shanghai)}}.happen(s)
	})
}

// inService is a contract in its first service year: signed on Friday 26 September 2025, paid on 9 October, in
// use on 20 October.
func (s *story) inService() {
	s.t.Helper()
	s.at("2025-09-26 10:00", s.signs(message.Customer))
	s.at("2025-09-26 16:00", s.signs(message.Provider))
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
}

const soon = 45 * time.Minute
