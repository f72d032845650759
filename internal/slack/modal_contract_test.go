package slack_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/slacksim"
)

// §5.6–5.8, §7.2: what people decide about a contract.
func TestModal_EachFormOfAContract(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for _, tt := range []struct {
			member, action, what string
			wrong, in            slacksim.Values
			name                 message.ActName
			body                 any
		}{
			{
				zhao, "contract.confirm-destruction", "destruction",
				slacksim.Values{"number": "HT-2025-01"},
				slacksim.Values{"number": number},
				message.Confirm,
				message.Confirmation{What: "destruction"},
			},
			{chen, "contract.hold", "destruction", slacksim.Values{"text": " "}, slacksim.Values{"text": "诉讼"}, message.Hold, message.Confirmation{What: "destruction", Reason: "诉讼"}},
			{chen, "contract.release-hold", "destruction", slacksim.Values{"text": " "}, slacksim.Values{"text": "已结案"}, message.ReleaseHold, message.Confirmation{What: "destruction", Reason: "已结案"}},
			{sun, "contract.offer", "renewal-talks/1", slacksim.Values{"fee": "12,000"}, slacksim.Values{"fee": "12000"}, message.Offer, message.Proposal{By: message.Provider, Fee: money.MustParse("12000.00")}},
			{sun, "contract.accept-quote", "1234.56", nil, slacksim.Values{}, message.AcceptQuote, message.Acceptance{Amount: money.MustParse("1234.56")}},
			{chen, "contract.retry", "deployment", nil, slacksim.Values{}, message.Retry, message.Again{Duty: "deployment"}},
		} {
			view := d.form(tt.member, tt.action, number+"|"+tt.what)
			if tt.action == "contract.accept-quote" && !view.Says("1234.56") {
				t.Errorf("the amount is not shown: %v", view.Blocks)
			}
			if tt.wrong != nil {
				if delivery, err := d.s.Submit(t.Context(), view.ID, tt.wrong); err != nil || len(delivery.Errors) != 1 {
					t.Errorf("%s: %v %v", tt.action, delivery.Errors, err)
				}
				d.watch.ExpectView(slacksim.Refused, tt.member)
			}
			if _, err := d.s.Submit(t.Context(), view.ID, tt.in); err != nil {
				t.Fatal(err)
			}
			d.watch.ExpectEphemeral(tt.member, "好的 "+string(tt.name))
			wantAct(t, d.inbox(), tt.name, 0, tt.body)
		}
		wantAct(t, d.inbox(), message.Offer, 0, message.Proposal{By: message.Provider, Fee: money.MustParse("12000.00")})
		d.fill(sun, "contract.counter-offer", number+"|renewal-talks/1", slacksim.Values{"fee": "11000"})
		d.watch.ExpectEphemeral(sun, "好的 offer")
		wantAct(t, newest(d.inbox()), message.Offer, 0, message.Proposal{By: message.Customer, Fee: money.MustParse("11000.00")})
		d.click(sun, "contract.decline", number+"|renewal-talks/1")
		d.watch.ExpectEphemeral(sun, "好的 answer")
		wantAct(t, d.inbox(), message.Reply, 0, message.Decision{})
		d.click(sun, "contract.accept-quote", number+"|quote")
		d.watch.ExpectEphemeral(sun, "没有待接受的扩容报价")
	})
}

// §5.6: who agrees to an offer types its fee: nobody agrees to another one than they have seen.
func TestModal_AgreesToTheOfferOnTheTable(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(sun, "contract.agree", number+"|renewal-talks/1")
		refused := func(fee, word string) {
			t.Helper()
			delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"fee": fee})
			if err != nil || !strings.Contains(delivery.Errors["fee"], word) {
				t.Errorf("%s: %v %v", fee, delivery.Errors, err)
			}
			d.watch.ExpectView(slacksim.Refused, sun)
		}
		refused("11000", "没有待答复的报价")
		d.offered("11000.00")
		refused("12000", "桌上的报价是 11000.00")
		refused("0", "须大于零")
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"fee": "11000"}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(sun, "好的 answer")
		wantAct(t, d.inbox(), message.Reply, 0, message.Decision{Accept: true})
	})
}

// offered is an offer of the provider, as the engine has recorded it.
func (d *desk) offered(fee string) {
	d.t.Helper()
	body, err := json.Marshal(message.Proposal{By: message.Provider, Fee: money.MustParse(fee)})
	if err != nil {
		d.t.Fatal(err)
	}
	act := message.Act{ID: "offer", Name: message.Offer, Contract: number, Actor: message.Actor{Who: "chen", Way: "cli"}, Body: body}
	if _, _, err := d.store.Submit(d.t.Context(), act); err != nil {
		d.t.Fatal(err)
	}
	err = d.store.Record(d.t.Context(), message.Record{Contract: number, ActID: act.ID, Answer: &message.Answer{}, Events: []message.Event{{
		Key: "offer", At: time.Now(), What: string(message.Offer), Subject: number, ActID: act.ID, Actor: act.Actor,
	}}})
	if err != nil {
		d.t.Fatal(err)
	}
}

// §7.2: a form without inputs that is refused says so in its place.
func TestModal_WithoutInputsSaysWhyInItsPlace(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(chen, "contract.retry", number+"|deployment")
		d.s.SetUser(slacksim.User{ID: chen, Name: "chen", IsRestricted: true})
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectView(slacksim.Redrawn, chen, "访客")
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}
