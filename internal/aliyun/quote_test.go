package aliyun

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/shopspring/decimal"

	"lvyue/internal/hosting"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// growth makes everything of the plan larger, for a term that ends after so much time.
func (b *bench) growth(term time.Duration, known []hosting.Resource) hosting.Growth {
	return hosting.Growth{From: b.plan, Number: 1, Until: b.clock().Add(term), Known: known, To: hosting.Shape{
		ServerType: "ecs.g7.xlarge", ServerDiskGB: 800, DatabaseClass: "mysql.x4.large.2c", DatabaseGB: 300,
	}}
}

// payAhead turns server and database into subscriptions of one month, as a person would in the console: from 9 October to
// 9 November, 744 hours.
func (h hands) payAhead(known standing) {
	server := ecs.CreateModifyInstanceChargeTypeRequest()
	server.InstanceIds, server.InstanceChargeType = list(known.id(hosting.Server)), "PrePaid"
	server.Period, server.PeriodUnit, server.IncludeDataDisks = requests.NewInteger(1), "Month", requests.NewBoolean(true)
	h.do(server, ecs.CreateModifyInstanceChargeTypeResponse())
	database := rds.CreateTransformDBInstancePayTypeRequest()
	database.DBInstanceId, database.PayType = known.id(hosting.Database), "Prepaid"
	database.Period, database.UsedTime = "Month", requests.NewInteger(1)
	h.do(database, rds.CreateTransformDBInstancePayTypeResponse())
}

func amounts(p hosting.Price) string {
	var each []string
	for _, part := range p.Parts {
		each = append(each, part.Amount.String())
	}
	return p.Amount.String() + " = " + strings.Join(each, " + ") + "; " + p.Trade.String()
}

// §5.7: the price is the published one by the hour for the hours to the end of the term, begun ones whole, rounded once. In
// hours: 300 GB of disk at 0.0021, 100 GB of database at 0.00283 and its class at 1.285 more, the server at 0.885 more.
func TestQuote_IsThePublishedPriceForTheRestOfTheTerm(t *testing.T) {
	t.Parallel()
	all := hosting.Shape{ServerType: "ecs.g7.xlarge", ServerDiskGB: 800, DatabaseClass: "mysql.x4.large.2c", DatabaseGB: 300}
	small := planOf("").Shape
	only := func(change func(*hosting.Shape)) hosting.Shape {
		shape := small
		change(&shape)
		return shape
	}
	for _, tt := range []struct {
		name  string
		to    hosting.Shape
		nodes int
		term  time.Duration
		want  string
	}{
		{"15 hours, with half a fen", all, 0, 15 * time.Hour, "46.25 = 9.45 + 23.52 + 13.28; 39.31"},
		{"a moment less is the same hour", all, 0, 15*time.Hour - time.Nanosecond, "46.25 = 9.45 + 23.52 + 13.28; 39.31"},
		{"a moment more is another hour", all, 0, 15*time.Hour + time.Nanosecond, "49.33 = 10.08 + 25.09 + 14.16; 41.93"},
		{"exactly 14 hours", all, 0, 14 * time.Hour, "43.16 = 8.82 + 21.95 + 12.39; 36.69"},
		{"the disk alone, for a year", only(func(s *hosting.Shape) { s.ServerDiskGB = 800 }), 0, 8760 * time.Hour, "5518.80 = 5518.80; 4690.98"},
		{"the database's storage alone", only(func(s *hosting.Shape) { s.DatabaseGB = 300 }), 0, 15 * time.Hour, "4.25 = 4.25; 3.61"},
		{"the server alone", only(func(s *hosting.Shape) { s.ServerType = "ecs.g7.2xlarge" }), 0, time.Hour, "2.66 = 2.66; 2.26"},
		{"what is asked to be less stays", only(func(s *hosting.Shape) { s.ServerDiskGB, s.DatabaseGB = 800, 20 }), 0, time.Hour, "0.63 = 0.63; 0.54"},
		// A server of 0.885 with 60 and 500 GB of disk: 2.061 an hour.
		{"two servers more", small, 3, 10 * time.Hour, "41.22 = 20.61 + 20.61; 35.04"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			g := b.growth(tt.term, b.ensure(t))
			g.To, g.Nodes, g.Number = tt.to, tt.nodes, 0
			created := b.sim.Created()
			price, err := b.Quote(t.Context(), g)
			if err != nil {
				t.Fatal(err)
			}
			if got := amounts(price); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if b.sim.Created() != created || !price.At.Equal(b.clock()) {
				t.Errorf("%d were ordered, at %s", b.sim.Created()-created, price.At)
			}
		})
	}
}

// §5.7: the price is kept as evidence: every answer as it came, and of which request.
func TestQuote_KeepsTheAnswersAsTheyCame(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	price, err := b.Quote(t.Context(), b.growth(time.Hour, b.ensure(t)))
	if err != nil {
		t.Fatal(err)
	}
	answers := bytes.Split(bytes.TrimSuffix(price.Answer, []byte("\n")), []byte("\n"))
	if len(answers) != 6 { // old and new of three pieces
		t.Errorf("%d answers", len(answers))
	}
	for _, answer := range answers {
		if !json.Valid(answer) || !bytes.Contains(answer, []byte("OriginalPrice")) {
			t.Errorf("answer %s", answer)
		}
	}
	for _, part := range price.Parts {
		if part.RequestID == "" || !bytes.Contains(price.Answer, []byte(part.RequestID)) || part.ID == "" {
			t.Errorf("part %+v", part)
		}
	}
	if p := price.Parts[1]; p.From != "mysql.x4.medium.2c, 200 GB" || p.To != "mysql.x4.large.2c, 300 GB" || p.Kind != hosting.Database {
		t.Errorf("part %+v", p)
	}
}

// §5.7: what somebody turned into a subscription is priced as the vendor prices its upgrade, to the end of its own term.
func TestQuote_TakesTheVendorsUpgradePriceOfASubscription(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	hands{b, t}.payAhead(known)
	price, err := b.Quote(t.Context(), b.growth(24*time.Hour, known))
	if err != nil {
		t.Fatal(err)
	}
	// 744 of 720 hours of a month: 300 × 1.05, then 585 + 100 × 1.3, then 402.50.
	if got, want := amounts(price), "1480.25 = 325.50 + 738.83 + 415.92; 1258.22"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if lines := bytes.Count(price.Answer, []byte("\n")); lines != 3 {
		t.Errorf("%d answers", lines)
	}
}

func TestQuote_MovesWithThePrices(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	g := b.growth(15*time.Hour, b.ensure(t))
	b.sim.SetPriceFactor(110)
	price, err := b.Quote(t.Context(), g)
	if err != nil || price.Amount.String() != "50.87" {
		t.Errorf("got %s (%v)", price.Amount, err)
	}
}

// §5.7: it finds the pieces by their record too, and nothing is priced that is at its size.
func TestQuote_RefusesWhatHasNoPrice(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	for code, change := range map[string]func(*hosting.Growth){
		"nothing_grows":        func(g *hosting.Growth) { g.To = g.From.Shape },
		"expansion_after_term": func(g *hosting.Growth) { g.Until = b.clock() },
		"aliyun_refused":       func(g *hosting.Growth) { g.From.Contract = "" },
		"aliyun_unclear":       func(g *hosting.Growth) { g.From.Contract, g.Known = "HT-2025-002", nil },
	} {
		g := b.growth(time.Hour, known)
		change(&g)
		if _, err := b.Quote(t.Context(), g); codeOf(err) != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
	if err := b.sim.SetPrices([]byte(`{"currency":"USD","trade_percent":100,"hour":{"disk_gb":{"cloud_essd":1}}}`)); err != nil {
		t.Fatal(err)
	}
	g := b.growth(time.Hour, known)
	g.To = hosting.Shape{ServerDiskGB: 800}
	if _, err := b.Quote(t.Context(), g); codeOf(err) != "aliyun_currency" {
		t.Errorf("in dollars: %v", err)
	}
}

// codeOf is the code of what a person is told, "" for no error.
func codeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Refusal().Code
	}
	if no, ok := refusal.As(err); ok {
		return no.Code
	}
	return ""
}

// The one rounding: to the fen, half up, once, and the parts come to the whole.
func TestToFen_RoundsOnceAndThePartsComeToTheWhole(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 7))
	for range 2000 {
		exact := make([]decimal.Decimal, random.IntN(6))
		var total decimal.Decimal
		for i := range exact {
			exact[i] = decimal.New(random.Int64N(1e9)-1e7, -int32(random.IntN(7)))
			total = total.Add(exact[i])
		}
		sum, each, err := toFen(exact)
		if err != nil {
			t.Fatal(err)
		}
		var parts money.CNY
		for _, part := range each {
			parts = parts.Add(part)
		}
		off := decimal.RequireFromString(sum.String()).Sub(total)
		half := decimal.New(5, -3)
		if !parts.Equal(sum) || off.GreaterThan(half) || off.LessThanOrEqual(half.Neg()) {
			t.Fatalf("%v: %s, parts %s", exact, sum, parts)
		}
	}
}

// Begun hours count whole.
func TestHoursTo_CountsBegunHoursWhole(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 10, 9, 15, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]int64{
		-time.Hour: 0, 0: 0, 1: 1, time.Hour - 1: 1, time.Hour: 1, time.Hour + 1: 2, 8760 * time.Hour: 8760,
	} {
		if got := hoursTo(now.Add(left), now); got != want {
			t.Errorf("%s: %d hours, want %d", left, got, want)
		}
	}
}

// §5.5: before a deployment is ordered the account must be able to pay its first month: 2.061 and 1.851 an hour, 730 hours.
func TestAffords_AsksForTheFirstMonth(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	month, err := b.ListPrice(t.Context(), b.plan)
	if err != nil || month.String() != "2855.76" {
		t.Fatalf("a month is %s (%v)", month, err)
	}
	for balance, code := range map[string]string{
		"2855.76": "", "2855.75": "aliyun_no_money", "1234567.899": "", "-0.01": "aliyun_no_money",
	} {
		if err := b.sim.SetBalance(balance); err != nil {
			t.Fatal(err)
		}
		if err := b.Affords(t.Context(), b.plan); codeOf(err) != code {
			t.Errorf("with %s: %v", balance, err)
		}
	}
	two := b.plan
	two.Nodes = 2
	if month, err := b.ListPrice(t.Context(), two); err != nil || month.String() != "4360.29" {
		t.Errorf("two servers cost %s a month (%v)", month, err)
	}
}

func TestBalance_ReadsTheVendorsText(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	for said, want := range map[string]string{"1234567.89": "1234567.89", "-1234.5": "-1234.50", "0": "0.00"} {
		if err := b.sim.SetBalance(said); err != nil {
			t.Fatal(err)
		}
		if got, err := b.Balance(t.Context()); err != nil || got.String() != want {
			t.Errorf("%s: got %s (%v)", said, got, err)
		}
	}
}

// §5.7: what is priced is what stands there: a database of another version on another storage, a disk of its own level.
func TestQuote_PricesWhatStandsThere(t *testing.T) {
	t.Parallel()
	for _, ahead := range []bool{false, true} {
		b := setup(t, 0)
		known := standing(b.ensure(t))
		pays := "Postpaid"
		if ahead {
			hands{b, t}.payAhead(known)
			pays = "Prepaid"
		}
		g := b.growth(24*time.Hour, known)
		g.To = hosting.Shape{ServerDiskGB: 800, DatabaseGB: 300}
		databases, disks := 0, 0
		c := b.through(t, func(action string, form url.Values) *http.Response {
			switch {
			case action == "DescribeDBInstanceAttribute":
				return says(http.StatusOK, `{"Items":{"DBInstanceAttribute":[{"DBInstanceId":"`+known.id(hosting.Database)+`","DBInstanceStatus":"Running",
					"Engine":"MySQL","EngineVersion":"8.4","DBInstanceStorageType":"general_essd","DBInstanceClass":"mysql.x4.medium.2c",
					"DBInstanceStorage":200,"PayType":"`+pays+`"}]}}`)
			case action == "DescribePrice" && form.Get("Engine") != "":
				if form.Get("EngineVersion") != "8.4" || form.Get("DBInstanceStorageType") != "general_essd" {
					t.Errorf("the price of %v was asked for", form)
				}
				databases++
			case action == "DescribePrice" && form.Get("DataDisk.1.PerformanceLevel") == "PL1",
				strings.Contains(form.Get("ModuleList.1.Config"), "DataDisk.PerformanceLevel:PL1"):
				disks++
			}
			return nil
		})
		if _, err := c.Quote(t.Context(), g); err != nil || databases == 0 || disks == 0 {
			t.Errorf("paid ahead %t: %d and %d questions (%v)", ahead, databases, disks, err)
		}
	}
}
