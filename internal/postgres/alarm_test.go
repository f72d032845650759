package postgres_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
)

// What the books refuse does not stop the contract; whoever reads them is told, until a later step makes it good.
func TestWhatTheBooksRefuse_IsToldUntilItIsMadeGood(t *testing.T) {
	t.Parallel()
	store, number := booked(t)
	wantUnbooked := func(when string, want int) {
		t.Helper()
		got, err := store.Alarm(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if (got != postgres.Alarm{Audited: got.Audited, Unbooked: want}) {
			t.Errorf("%s: %+v, want %d unbooked", when, got, want)
		}
	}
	at := noon("2026-03-02")
	wantUnbooked("at first", 0)
	price := message.Price{Amount: money.MustParse("12.34"), Answer: []byte("a price"), FetchedAt: at, ValidUntil: at.AddDate(0, 0, 1)}
	step := func(key string) message.Record {
		r := owing(number, at, "120000.00")
		r.Events[0].Key = key
		m := r.Events[0].Changed.Money
		m.Charges = append(m.Charges, message.Charge{
			Obligation: "expansion-fee/1", Kind: message.ExpansionCharge, Year: 1, Amount: price.Amount,
			Quote: "83a19db0a0bcae2fd6e1b2b4fa6a8c6b35d7c0b1f1a8f4a8e40a6c4f8b6f0e11",
		})
		return r
	}
	record := func(r message.Record) {
		t.Helper()
		if err := store.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	record(step("by a quote that nobody has given"))
	wantUnbooked("by an unknown quote", 1)
	record(quoted(number, price))
	good := step("by the quote")
	charges := good.Events[0].Changed.Money.Charges
	charges[len(charges)-1].Quote = ask[string](t, store, "SELECT sha256 FROM price_quote")
	record(good)
	wantUnbooked("by the quote", 0)
}
