package aliyun

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/shopspring/decimal"

	"lvyue/internal/refusal"
)

// listed is what the vendor publishes for something, exactly as it was answered: its list price and what our account would pay.
type listed struct {
	list, trade decimal.Decimal
	requestID   string
	answers     [][]byte
}

// priceText is how all of the vendor's products write a price. The library would read it as a float.
type priceText struct {
	OriginalPrice json.Number `json:"OriginalPrice"`
	TradePrice    json.Number `json:"TradePrice"`
	Currency      string      `json:"Currency"`
}

// read takes a price from an answer: of a server or disk, of a database, or of the vendor's billing. A price in another
// currency than ours, and none, are refused.
func read(action string, response responses.AcsResponse) (listed, error) {
	body := response.GetHttpContentBytes()
	var text struct {
		RequestID string `json:"RequestId"`
		PriceInfo struct {
			priceText

			Price priceText `json:"Price"`
		} `json:"PriceInfo"`
		Data priceText `json:"Data"`
	}
	if err := json.Unmarshal(body, &text); err != nil {
		return listed{}, &Error{Action: action, Message: "the answer cannot be read: " + err.Error()}
	}
	for _, price := range []priceText{text.PriceInfo.Price, text.PriceInfo.priceText, text.Data} {
		if price.OriginalPrice == "" {
			continue
		}
		if price.Currency != "CNY" {
			return listed{}, refusal.Rule("aliyun_currency", "5.7", "阿里云报价的币种不是人民币："+price.Currency,
				"Aliyun's price is not in CNY but in "+price.Currency)
		}
		return price.exact(action, text.RequestID, body)
	}
	return listed{}, &Error{Action: action, Message: "the answer names no price"}
}

func (p priceText) exact(action, requestID string, body []byte) (listed, error) {
	l := listed{requestID: requestID}
	var err error
	if l.list, err = decimal.NewFromString(p.OriginalPrice.String()); err != nil {
		return l, &Error{Action: action, Message: fmt.Sprintf("the price %q cannot be read", p.OriginalPrice)}
	}
	if l.trade, err = decimal.NewFromString(p.TradePrice.String()); err != nil {
		l.trade = l.list // not said: no discount
	}
	var line bytes.Buffer
	if err := json.Compact(&line, body); err != nil {
		return l, &Error{Action: action, Message: "the answer cannot be kept: " + err.Error()}
	}
	l.answers = [][]byte{line.Bytes()}
	return l, nil
}

// rest is what a new hourly price is more than an old one over so many hours.
func rest(old, grown listed, hours int64) listed {
	n := decimal.NewFromInt(hours)
	return listed{
		list: grown.list.Sub(old.list).Mul(n), trade: grown.trade.Sub(old.trade).Mul(n), requestID: grown.requestID,
		answers: append(old.answers, grown.answers...),
	}
}
