package rehearsal

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"lvyue/internal/contract"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

// OldSystem is a customer's own system, simulated (§3.7).
type OldSystem struct {
	// Host is where it answers. Default: old-system.example.com.
	Host string
	// Bits is 32 or 64. Default: 64.
	Bits int
}

func readOldSystem(v value) *OldSystem {
	e, given := v.entry()
	if !given {
		return nil
	}
	old := &OldSystem{Host: cmp.Or(e.may("host").text(), oldSystem), Bits: suite.Bits64}
	if no := contract.RefuseHost("host", old.Host); no != nil {
		e.may("host").refused(no)
	}
	if bits, err := strconv.Atoi(e.may("bits").oneOf("32", "64")); err == nil {
		old.Bits = bits
	}
	e.close()
	return old
}

// outside serves the customer's own system, with the products of the form and a little data.
func (s *stage) outside() (map[string]http.Handler, error) {
	old := s.Scenario.OldSystem
	if old == nil {
		return nil, nil //nolint:nilnil // nothing is outside
	}
	const disk = 100
	form := s.Scenario.Form
	world := suitesim.Alone{Data: &suitesim.Database{}, Kept: &suitesim.Files{}, Disk: disk}
	script := []string{"suite token " + suite.Token(s.secret, form.Number, "operator"), "suite database localhost 3306 old suite password"}
	for _, entry := range contract.Catalogue() {
		for _, product := range form.Products {
			if code := strings.ToLower(string(product)); entry.Code == product {
				script = append(script, "suite fetch "+code+" "+entry.Release, "suite migrate "+code+" "+entry.Release, "suite start "+code+" "+entry.Release)
			}
		}
	}
	system := suitesim.New(disk)
	if out, exit := system.Run(strings.Join(script, "\n")+"\n", world); exit != 0 {
		return nil, fmt.Errorf("set up the customer's own system: %s", out)
	}
	system.Bits = old.Bits
	return map[string]http.Handler{old.Host: suitesim.Site{System: system, World: world, Lock: &sync.Mutex{}}}, nil
}
