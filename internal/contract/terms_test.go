package contract_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/money"
)

func TestTerms_TravelInJSONUnderTheFormsNames(t *testing.T) {
	t.Parallel()
	terms := mustParse(t, example(t)).Terms
	data, err := json.Marshal(terms)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(`"fee":{"annual":"120000.00"}`)) {
		t.Errorf("JSON is %s", data)
	}
	var back contract.Terms
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, terms) {
		t.Errorf("came back as %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"fee":{"annual":120000}}`), &back); err == nil {
		t.Error("a number was taken for an amount")
	}
	if typeErr := new(json.UnmarshalTypeError); !errors.As(json.Unmarshal([]byte(`{"number":1}`), &back), &typeErr) {
		t.Error("a number was taken for text")
	}
}

// §7.1: people's names, telephones and addresses stay out of what workflows are given.
func TestPublic_HoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	terms := mustParse(t, example(t)).Terms
	public := terms.Public()
	if public.Customer != (contract.Party{Name: "远山商贸有限公司"}) || public.Provider != (contract.Party{Name: "云桥软件有限公司"}) ||
		public.Administrators != nil {
		t.Errorf("public terms hold %+v %+v %+v", public.Customer, public.Provider, public.Administrators)
	}
	if !reflect.DeepEqual(public.Configuration(), terms.Configuration()) || public.Language != "zh" {
		t.Errorf("public terms lost the configuration: %+v", public)
	}
	if public.AccountManager != "chen" || public.Number != terms.Number || !public.Fee.Equal(money.MustParse("120000")) {
		t.Errorf("public terms lost what they need: %+v", public)
	}
}

func TestPublic_IsACopy(t *testing.T) {
	t.Parallel()
	terms := mustParse(t, example(t)).Terms
	public := terms.Public()
	public.Products[0] = "TC"
	public.Load.ByProduct["OA"] = contract.ProductLoad{}
	public.BaseConfiguration[0] = "mail"
	public.MigrationIn.Bits = 64
	if got := mustParse(t, example(t)); got.Hash() != (contract.Form{Terms: terms}).Hash() {
		t.Error("a change of the copy changed the terms")
	}
}
