package contract_test

import (
	"strings"
	"testing"

	"lvyue/internal/contract"
)

// §1.1: ten products exist, and all ten can be deployed.
func TestCatalogue_HasTheTenProductsWithAllThatDeploymentNeeds(t *testing.T) {
	t.Parallel()
	catalogue := contract.Catalogue()
	codes := make([]string, 0, len(catalogue))
	for _, e := range catalogue {
		codes = append(codes, string(e.Code))
		if e.Name.ZH == "" || e.Name.EN == "" || e.Release == "" || len(e.Needs) == 0 || len(e.Install) == 0 ||
			!strings.HasPrefix(e.Health, "/") {
			t.Errorf("%s is incomplete: %+v", e.Code, e)
		}
	}
	if got := strings.Join(codes, " "); got != "OA TC PB HR FM CRM DL FRM CCB SCB" {
		t.Errorf("catalogue has %s", got)
	}
}

// §1.1: headquarters, distribution centre, store and POS belong to DL.
func TestCatalogue_DistributionHasItsFourParts(t *testing.T) {
	t.Parallel()
	entry, known := contract.Product("DL").Entry()
	if !known || len(entry.Subsystems) != 4 {
		t.Errorf("DL is %+v, known %v", entry, known)
	}
}

func TestKnown_KnowsCodesAsWritten(t *testing.T) {
	t.Parallel()
	for code, want := range map[contract.Product]bool{"OA": true, "SCB": true, "oa": false, "": false, "ERP": false} {
		if got := code.Known(); got != want {
			t.Errorf("Known(%q) = %v", code, got)
		}
	}
}
