package aliyunsim

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/shopspring/decimal"
)

//go:embed tariff.json
var syntheticTariff []byte

// tariff is a list of prices; the file that comes with the simulator is invented.
type tariff struct {
	Currency string `json:"currency"`
	// TradePercent is what our own account pays of the list price.
	TradePercent decimal.Decimal `json:"trade_percent"`
	// Hour is pay-as-you-go; Month and Year are subscriptions of that length.
	Hour  rates `json:"hour"`
	Month rates `json:"month"`
	Year  rates `json:"year"`

	percent int64 // of what the file says; 100 from the start
}

// rates are the prices of one unit of time.
type rates struct {
	DiskGB     map[string]decimal.Decimal `json:"disk_gb"` // by category; of "cloud_essd PL2" for a level beside the usual one
	Server     map[string]decimal.Decimal `json:"server"`  // by instance type
	Database   map[string]decimal.Decimal `json:"database"`
	DatabaseGB decimal.Decimal            `json:"database_gb"`
}

func readTariff(file []byte) (*tariff, error) {
	t := &tariff{percent: 100}
	if err := json.Unmarshal(file, t); err != nil {
		return nil, fmt.Errorf("read the simulator's prices: %w", err)
	}
	return t, nil
}

// SetPrices puts the prices of a file like tariff.json in the place of those in force.
func (s *Server) SetPrices(file []byte) error {
	t, err := readTariff(file)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.tariff = t
	return nil
}

// SetPriceFactor lets everything cost so many percent of what the prices in force say; 100 from the start.
func (s *Server) SetPriceFactor(percent int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.tariff.percent = percent
}

// thingPrice is what something costs at given rates.
type thingPrice func(rates) (decimal.Decimal, error)

func serverPrice(kind string) thingPrice {
	return func(r rates) (decimal.Decimal, error) {
		price, ok := r.Server[kind]
		if !ok {
			return price, refuse(http.StatusNotFound, "InvalidInstanceType.ValueNotSupported", "The instance type %q is not supported.", kind)
		}
		return price, nil
	}
}

// usualLevel is the level of a fast disk for which nobody names another.
const usualLevel = "PL1"

func diskPrice(category, level string, gb int) thingPrice {
	return func(r rates) (decimal.Decimal, error) {
		if level != "" && level != usualLevel {
			category += " " + level
		}
		price, ok := r.DiskGB[category]
		if !ok {
			return price, refuse(http.StatusNotFound, "InvalidDiskCategory.ValueNotSupported", "The disk category %q is not supported.", category)
		}
		return price.Mul(decimal.NewFromInt(int64(gb))), nil
	}
}

func databasePrice(class string, gb int) thingPrice {
	return func(r rates) (decimal.Decimal, error) {
		price, ok := r.Database[class]
		if !ok {
			return price, refuse(http.StatusBadRequest, "InvalidDBInstanceClass.NotFound", "The database class %q does not exist.", class)
		}
		return price.Add(r.DatabaseGB.Mul(decimal.NewFromInt(int64(gb)))), nil
	}
}

// together is the price of several things.
func together(prices ...thingPrice) thingPrice {
	return func(r rates) (decimal.Decimal, error) {
		var sum decimal.Decimal
		for _, price := range prices {
			one, err := price(r)
			if err != nil {
				return sum, err
			}
			sum = sum.Add(one)
		}
		return sum, nil
	}
}

// quoted is a price as it is told: the list price and what our account would pay.
type quoted struct {
	list, trade decimal.Decimal
	currency    string
}

func (t *tariff) quote(list decimal.Decimal) quoted {
	hundred := decimal.NewFromInt(100)
	list = list.Mul(decimal.NewFromInt(t.percent)).Div(hundred)
	return quoted{list: list, trade: list.Mul(t.TradePercent).Div(hundred), currency: t.Currency}
}

// fen rounds a price to what can be paid.
func (q quoted) fen() quoted {
	return quoted{list: q.list.Round(2), trade: q.trade.Round(2), currency: q.currency}
}

// term is the price of so many whole units of time, "Hour", "Month" or "Year".
func (t *tariff) term(of thingPrice, unit string, units int) (quoted, error) {
	at, ok := map[string]rates{"Hour": t.Hour, "Month": t.Month, "Year": t.Year}[unit]
	if !ok || units < 1 {
		return quoted{}, invalid("%d times the unit %q is not valid.", units, unit)
	}
	price, err := of(at)
	q := t.quote(price.Mul(decimal.NewFromInt(int64(units))))
	if unit != "Hour" {
		q = q.fen()
	}
	return q, err
}

const year = 365 * 24 * time.Hour

// upgrade is the price of turning a subscription's old into its new for the hours that are left of it, begun ones whole: by
// the yearly price while a year or more is left, else by the monthly one at 30 days. It is never negative.
func (t *tariff) upgrade(old, grown thingPrice, left time.Duration) (quoted, error) {
	at, length := t.Month, 30*24*time.Hour
	if left >= year {
		at, length = t.Year, year
	}
	was, err := old(at)
	if err != nil {
		return quoted{}, err
	}
	is, err := grown(at)
	if err != nil {
		return quoted{}, err
	}
	hours := decimal.NewFromInt(int64((left + time.Hour - 1) / time.Hour))
	more := decimal.Max(is.Sub(was), decimal.Decimal{})
	return t.quote(more.Mul(hours).Div(decimal.NewFromInt(int64(length / time.Hour)))).fen(), nil
}

// answer gives the price under the vendor's names, as JSON numbers.
func (q quoted) answer() answer {
	return answer{
		"OriginalPrice": json.Number(q.list.String()), "TradePrice": json.Number(q.trade.String()),
		"DiscountPrice": json.Number(q.list.Sub(q.trade).String()), "Currency": q.currency,
	}
}
