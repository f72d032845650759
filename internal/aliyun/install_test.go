package aliyun

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/suite"
)

// §3.2: an installation that fails is a person's: it is told with its last words, of which no secret is one, and is not
// repeated by itself; a new attempt is a new installation.
func TestEnsure_AFailedInstallationIsTold(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	b := systemBench(t, aliyunsim.Options{Log: &log})
	good := b.plan.Products[0].Install[0]
	b.plan.Products[0].Install[0] = "suite fetch nothing 1.0"
	for range 2 {
		_, err := b.Ensure(t.Context(), b.plan)
		var e *Error
		if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_refused" || !strings.Contains(e.Error(), "no product nothing") {
			t.Fatalf("got %v", err)
		}
	}
	if b.runs(t) != 1 {
		t.Errorf("%d installations", b.runs(t))
	}
	b.plan.Attempt++
	b.plan.Products[0].Install[0] = good
	if _, ok := installedAt(b.ensure(t)); !ok {
		t.Error("the second attempt is not installed")
	}
	for _, purpose := range []string{"operator", "database"} {
		if secret := suite.Token(systemSecret, b.plan.Contract, purpose)[:29]; strings.Contains(log.String(), secret) {
			t.Errorf("the %s secret is on record", purpose)
		}
	}
}

// A database that refuses the password fails the installation, and neither the password nor the token is told.
func TestEnsure_AWrongPasswordIsTold(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	b.ensure(t)
	other, err := New(Config{AccessKeyID: testKey, AccessKeySecret: testSecret, Endpoint: b.sim.URL(), Secret: "another", Domain: testDomain})
	if err != nil {
		t.Fatal(err)
	}
	b.plan.Attempt++
	_, err = other.Ensure(t.Context(), b.plan)
	var e *Error
	if !errors.As(err, &e) || !e.Permanent() || !strings.Contains(e.Error(), "refuses user lvyue") {
		t.Errorf("got %v", err)
	}
	for _, purpose := range []string{"operator", "database"} {
		if strings.Contains(fmt.Sprint(err), suite.Token("another", b.plan.Contract, purpose)[:29]) {
			t.Errorf("the %s secret is told: %v", purpose, err)
		}
	}
}

// A system without a secret, or with a parameter that is no plain word, is not begun.
func TestEnsure_OrdersNothingThatCannotBeInstalled(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	open, err := New(Config{AccessKeyID: testKey, AccessKeySecret: testSecret, Endpoint: b.sim.URL()})
	if err != nil {
		t.Fatal(err)
	}
	_, bare := open.Ensure(t.Context(), b.plan)
	b.plan.Settings[0].Value = "8; rm -rf /"
	_, wild := b.Ensure(t.Context(), b.plan)
	for _, err := range []error{bare, wild} {
		var e *Error
		if !errors.As(err, &e) || !e.Permanent() {
			t.Errorf("got %v", err)
		}
	}
	if b.sim.Created() != 0 {
		t.Errorf("%d were ordered", b.sim.Created())
	}
}
