package postgres_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func numbered(n int) string { return fmt.Sprintf("%020d", n) }

// blue is a fapiao for the invoice; red takes one back.
func blue(n int, gross string) ledger.Fapiao {
	rate, _ := ledger.ParseRate("0.06")
	f := ledger.Fapiao{
		Number: numbered(n), Kind: "special", Invoice: "INV-2026-000001", IssuedOn: workday.MustDate("2026-03-03"), Buyer: "远山商贸有限公司",
		BuyerTaxNo: "91110108MA01ABCD1X", Seller: "云桥软件有限公司", SellerTaxNo: "91110108MA02EFGH2Y",
		Item: "*信息技术服务*软件服务费", TaxCode: "3040203000000000000", Rate: rate, Gross: money.MustParse(gross),
	}
	f.Net, f.Tax = ledger.SplitVAT(f.Gross, rate)
	return f
}

func red(n, of int, gross string) ledger.Fapiao {
	f := blue(n, gross)
	f.RedOf, f.Confirmation = numbered(of), "1101082612345678"
	return f
}

func recordFapiao(t *testing.T, store *postgres.Store, f ledger.Fapiao) error {
	t.Helper()
	_, _, err := store.RecordFapiao(t.Context(), f, "fang")
	return err
}

func TestFapiao_NeverExceedTheirInvoiceNorTheirBlueOne(t *testing.T) { // 数电票, §1.4
	t.Parallel()
	store, number := paidFee(t)
	stands := func() bool {
		yes, err := store.BlueFapiao(t.Context(), number, []string{"first-payment"})
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	for _, tt := range []struct {
		f      ledger.Fapiao
		code   string
		stands bool
	}{
		{blue(1, "100.01"), "over_invoice", false},
		{blue(2, "60.00"), "", true},
		{blue(2, "60.00"), "", true},
		{blue(2, "61.00"), "fapiao_known", true},
		{blue(3, "40.01"), "over_invoice", true},
		{blue(3, "40.00"), "", true},
		{red(4, 3, "-40.01"), "over_blue", true},
		{red(4, 9, "-40.00"), "over_blue", true},
		{red(4, 3, "-40.00"), "", true},
		{red(5, 3, "-0.01"), "over_blue", true},
		{red(6, 2, "-60.00"), "", false},
	} {
		err := recordFapiao(t, store, tt.f)
		if tt.code == "" && err != nil {
			t.Errorf("%s %s: %v", tt.f.Number, tt.f.Gross, err)
		}
		if tt.code != "" {
			wantCode(t, err, tt.code)
		}
		if stands() != tt.stands {
			t.Errorf("after %s %s a blue one stands: %t", tt.f.Number, tt.f.Gross, !tt.stands)
		}
	}
	unknown := blue(7, "1.00")
	unknown.Invoice = "INV-2026-000009"
	wantCode(t, recordFapiao(t, store, unknown), "unknown_invoice")
}

func TestFapiao_ManyAtOnceStayWithinTheInvoice(t *testing.T) { // 数电票
	t.Parallel()
	store, _ := paidFee(t)
	var kept atomic.Int32
	together(t, func(ctx context.Context, n int) error {
		_, _, err := store.RecordFapiao(ctx, blue(n+1, "30.00"), "fang")
		if no, refused := refusal.As(err); refused && no.Code == "over_invoice" {
			return nil
		}
		kept.Add(1)
		return err
	})
	if kept.Load() != 3 {
		t.Errorf("%d times 30.00 of 100.00 were kept", kept.Load())
	}
}
