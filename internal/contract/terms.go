// Package contract holds what the two sides agreed on: the terms, the form they are written on, the ten
// products, and the rules of §1 and §5 about configurations and fees. A § is a clause of CONTRACT.md.
//
// It is plain data and arithmetic: no Temporal, no SQL, no clock, no network.
package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvyue/internal/money"
)

// Terms is everything that the form of a contract fixes, one field for each of its fields, under the same
// names. Terms from ParseForm are complete and agree with §1.3.
type Terms struct {
	// Number is the contract's number, 1 to 64 ASCII letters, digits and hyphens, the first no hyphen: it
	// becomes part of workflow ids.
	Number   string `json:"number"`
	Customer Party  `json:"customer"`
	Provider Party  `json:"provider"`
	// Administrators are the customer's contacts (§2.1), at least one; empty after Public.
	Administrators []Administrator `json:"administrators,omitempty"`
	// AccountManager is the provider's person who looks after this contract.
	AccountManager string `json:"account_manager"`
	// Products are the enabled products, each once (§1.2).
	Products []Product `json:"products"`
	// Load is the load standard (§1.3).
	Load Load `json:"load"`
	// Fee is the fee of one service year (§5.3), more than zero.
	Fee money.CNY `json:"-"`
	// BaseConfiguration names the interfaces of §3.3 to set up: wechat-work, sms, mail; empty for none.
	BaseConfiguration []string `json:"base_configuration,omitempty"`
	// MigrationIn is nil unless the form speaks of a move onto the cloud (§3.7).
	MigrationIn *MigrationIn `json:"migration_in,omitempty"`
	Hosting     Hosting      `json:"hosting"`
	// Language is that of messages to this customer: zh or en.
	Language string `json:"language"`
}

// Party is one side of the contract.
type Party struct {
	Name                string `json:"name"`
	LegalRepresentative string `json:"legal_representative,omitempty"`
	Phone               string `json:"phone,omitempty"`
}

// Administrator is a person whom the customer named for all contact (§2.1).
type Administrator struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Email string `json:"email"`
}

// Administered tells whether somebody is an administrator of the customer (§2.1, §3.13), by name, telephone number or mail address.
func (t Terms) Administered(who string) bool {
	who = strings.TrimSpace(who)
	return who != "" && slices.ContainsFunc(t.Administrators, func(a Administrator) bool {
		return who == a.Name || who == a.Phone || strings.EqualFold(who, a.Email)
	})
}

// Load is the load standard that the system must meet (§1.3). Every figure but Nodes is at least 1.
type Load struct {
	// Users are system users, Employees the people of the customer's business.
	Users     int `json:"users"`
	Employees int `json:"employees"`
	// DiskGB is for attachments and pictures, DatabaseGB for the database, both in G.
	DiskGB     int `json:"disk_gb"`
	DatabaseGB int `json:"database_gb"`
	// Nodes is how many servers carry it (§3.5), if more than one was bought; 0 on every form.
	Nodes int `json:"nodes,omitempty"`
	// ByProduct has exactly one row for each enabled product.
	ByProduct map[Product]ProductLoad `json:"by_product"`
}

// ProductLoad is one product's row of the load standard: Concurrent ≤ Users ≤ the system's users.
type ProductLoad struct {
	Users      int `json:"users"`
	Concurrent int `json:"concurrent"`
}

// MigrationIn says where the customer's system ran before signing (§3.7). Bits is 32 or 64, or 0 if it did
// not run on own servers and the form leaves it out; 32 means an upgrade to 64-bit first.
type MigrationIn struct {
	FromOwnServers bool `json:"from_own_servers"`
	Bits           int  `json:"bits,omitempty"`
}

// Hosting is where the system is deployed (§3.2). Region is an Aliyun region id; empty means the one that
// the provider's configuration names.
type Hosting struct {
	Region string `json:"region,omitempty"`
	// Host is the name under which the users reach the system, "oa.example.com"; empty: by its address.
	Host string `json:"host,omitempty"`
}

// Public is a copy without personal data: no administrators, no legal representatives, no telephones. This
// is what may enter a workflow's history; the names of the parties and the account manager stay.
func (t Terms) Public() Terms {
	t.Customer = Party{Name: t.Customer.Name}
	t.Provider = Party{Name: t.Provider.Name}
	t.Administrators = nil
	t.Products = slices.Clone(t.Products)
	t.Load.ByProduct = maps.Clone(t.Load.ByProduct)
	t.BaseConfiguration = slices.Clone(t.BaseConfiguration)
	if t.MigrationIn != nil {
		migration := *t.MigrationIn
		t.MigrationIn = &migration
	}
	return t
}

// The form writes the fee as a group, so that what else is agreed about it has its place; JSON does the same.
type (
	plainTerms Terms
	feeTerms   struct {
		Annual money.CNY `json:"annual"`
	}
	wireTerms struct {
		*plainTerms

		Fee feeTerms `json:"fee"`
	}
)

// MarshalJSON writes the terms under the names of the form's fields, with the fee as fee.annual.
func (t Terms) MarshalJSON() ([]byte, error) {
	plain := plainTerms(t)
	data, err := json.Marshal(wireTerms{plainTerms: &plain, Fee: feeTerms{Annual: t.Fee}})
	if err != nil {
		return nil, fmt.Errorf("write terms: %w", err)
	}
	return data, nil
}

// UnmarshalJSON reads what MarshalJSON wrote. It checks nothing: terms are checked where they enter, by
// ParseForm.
func (t *Terms) UnmarshalJSON(data []byte) error {
	wire := wireTerms{plainTerms: new(plainTerms)}
	if err := json.Unmarshal(data, &wire); err != nil {
		return fmt.Errorf("read terms: %w", err)
	}
	*t = Terms(*wire.plainTerms)
	t.Fee = wire.Fee.Annual
	return nil
}
