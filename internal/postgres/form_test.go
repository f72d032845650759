package postgres_test

import (
	"reflect"
	"sync"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

func TestAFormComesBackAsItWasSigned_7_4(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	form, want := mustForm(t, store, number), example(t)
	if !reflect.DeepEqual(form, want) || form.Hash() != want.Hash() {
		t.Errorf("got %+v, want %+v", form, want)
	}
}

func mustForm(t *testing.T, store *postgres.Store, number string) contract.Form {
	t.Helper()
	form, err := store.Form(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestAnotherFormUnderTheSameNumberIsRefused_7_4(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, number)
	other := example(t)
	other.Load.Employees++
	wantCode(t, store.RegisterForm(t.Context(), other), "other_form")
	if got := mustForm(t, store, number); got.Hash() != example(t).Hash() {
		t.Error("the refused form replaced the first")
	}
}

func TestOfTwoFormsAtOnceOneIsRegistered_7_4(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	var both sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		form := example(t)
		form.Load.Employees += i
		both.Go(func() { errs[i] = store.RegisterForm(t.Context(), form) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("got %v", errs)
	}
}

func TestAFormThatNoTextCanHoldIsRefused(t *testing.T) {
	t.Parallel()
	store, form := testkit.Postgres(t), example(t)
	form.Customer.Name = "远山\x00"
	wantCode(t, store.RegisterForm(t.Context(), form), "bad_form")
}

func TestAnUnknownContractIsRefusedByName(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	_, form := store.Form(t.Context(), "HT-UNKNOWN")
	_, view := store.View(t.Context(), "HT-UNKNOWN")
	_, timeline := store.Timeline(t.Context(), "HT-UNKNOWN")
	_, verdict := store.Verify(t.Context(), "HT-UNKNOWN")
	recorded := store.Record(t.Context(), signed("HT-UNKNOWN"))
	for _, err := range []error{form, view, timeline, verdict, recorded} {
		wantCode(t, err, "unknown_contract")
	}
}
