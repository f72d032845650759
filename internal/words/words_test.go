package words_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/words"
)

func TestDuty_NamesEveryDutyInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ id, zh, en string }{
		{"first-payment", "首付款", "First payment"},
		{"renewal-talks/1", "续约商谈（第 1 年到期）", "Renewal talks as year 1 ends"},
		{"renewal-fee/12", "第 12 年服务费", "Fee of service year 12"},
		{"expansion/3", "expansion/3", "expansion/3"},
	} {
		if got := words.Duty(tt.id); got.ZH != tt.zh || got.EN != tt.en {
			t.Errorf("Duty(%q) = %+v, want %s, %s", tt.id, got, tt.zh, tt.en)
		}
	}
}

func TestLookup_AnUnknownCodeIsItsOwnName(t *testing.T) {
	t.Parallel()
	if got := words.Phase("later"); got.ZH != "later" || got.EN != "later" {
		t.Errorf("Phase of an unknown code = %+v", got)
	}
	if got := words.Phase(message.InService).In("zh"); got != "服务中" {
		t.Errorf("in-service = %q", got)
	}
}
