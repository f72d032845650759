// Package certificate makes the certificate of a destruction (§7.2) out of a contract's evidence, and checks one without
// any access to us. A certificate says nothing that does not follow from the chain that it carries.
package certificate

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lvyue/internal/evidence"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Certificate says what of a contract's data was destroyed, on whose word, when, and how that was made sure of. Days are
// civil days in Asia/Shanghai. DueOn is the last lawful day (§7.2), by the calendar of that name.
//
// Event and Head are the place and the hash of the event in the chain that tells of the destruction.
type Certificate struct {
	Version      int            `json:"version"`
	Contract     string         `json:"contract"`
	Customer     string         `json:"customer"`
	Provider     string         `json:"provider"`
	Ground       message.Ground `json:"ground"`
	EndedOn      workday.Date   `json:"ended_on"`
	DueOn        workday.Date   `json:"due_on"`
	Calendar     string         `json:"calendar,omitempty"`
	InstructedBy []Instruction  `json:"instructed_by"`
	Destroyed    []Item         `json:"destroyed"`
	At           time.Time      `json:"at"`
	ReadBack     []time.Time    `json:"read_back"`
	// Unrestorable is when the vendor knew no backup any more from which the data could come back.
	Unrestorable time.Time      `json:"unrestorable,omitzero"`
	NotCovered   []refusal.Text `json:"not_covered"`
	Event        int64          `json:"event"`
	Head         string         `json:"head"`
}

// The versions of what a certificate says beside the evidence: the methods, and what is not covered. Which one it is follows
// from the evidence, so that old certificates keep their words. Destructions of the first knew nothing outside the cloud.
const (
	inTheCloud = 1
	everywhere = 2
)

// Instruction is one of the two persons' word.
type Instruction struct {
	Who string    `json:"who"`
	At  time.Time `json:"at"`
}

// Item is one resource that was there before the destruction and is gone. FoundBy is how it was come upon: tag, record
// or relation. Method is the vendor's operation by which that kind is destroyed.
type Item struct {
	Kind    hosting.Kind `json:"kind"`
	ID      string       `json:"id"`
	Region  string       `json:"region"`
	FoundBy string       `json:"found_by,omitempty"`
	Method  string       `json:"method"`
}

// told is an event with its detail still unread.
type told struct {
	message.Event

	Detail json.RawMessage `json:"detail"`
}

// Of is the certificate of a contract's last destruction, with the links on which it rests: all up to the event that
// tells of it. Without such an event it is the refusal "not_destroyed".
func Of(number string, links []evidence.Link) (File, error) {
	c := Certificate{Contract: number, Destroyed: []Item{}}
	last, until := c, 0
	for i, link := range links {
		var e told
		if err := json.Unmarshal([]byte(link.Event), &e); err != nil {
			return File{}, fmt.Errorf("read event %d: %w", link.Seq, err)
		}
		certified, err := c.hear(e)
		if err != nil {
			return File{}, fmt.Errorf("read event %d: %w", link.Seq, err)
		}
		if certified {
			c.Event, c.Head = link.Seq, link.Hash
			last, until = c, i+1
		}
	}
	if until == 0 {
		return File{}, refusal.Rule("not_destroyed", "7.2",
			"合同 "+number+" 的数据尚未销毁，没有证明。", "the data of contract "+number+" has not been destroyed; there is no certificate")
	}
	return File{Certificate: last, Evidence: links[:until]}, nil
}

// hear takes up what an event says; true if it tells of the destruction itself.
func (c *Certificate) hear(e told) (bool, error) {
	if row := e.Changed.Contract; row != nil {
		c.Customer, c.Provider, c.Ground, c.EndedOn = row.Customer, row.Provider, row.Ground, row.EndedOn
	}
	if o := e.Changed.Obligation; o != nil && o.ID == "destruction" {
		c.DueOn, c.Calendar = o.DueOn, o.Calendar
	}
	switch e.What {
	case string(message.Confirm):
		c.InstructedBy = append(c.InstructedBy, Instruction{Who: e.Actor.Who, At: e.ReceivedAt})
	case "inventory", "certificate":
		return e.What == "certificate", c.report(e.Detail)
	}
	return false, nil
}

// report takes up what a try told: the stock that it took, or that it is over.
func (c *Certificate) report(detail json.RawMessage) error {
	var r message.Report
	if err := json.Unmarshal(detail, &r); err != nil {
		return fmt.Errorf("read the report of the destruction: %w", err)
	}
	c.At, c.ReadBack, c.Unrestorable = r.At, r.ReadBack, r.Unrestorable
	c.Version = inTheCloud
	if !r.Unrestorable.IsZero() {
		c.Version = everywhere
	}
	c.NotCovered = notCovered(c.Version)
	c.add(r.Before)
	return nil
}

// add lists what a try found, each thing once: what one try destroyed another does not find any more.
func (c *Certificate) add(before []hosting.Resource) {
	for _, r := range before {
		if !slices.ContainsFunc(c.Destroyed, func(i Item) bool { return i.ID == r.ID }) {
			c.Destroyed = append(c.Destroyed, Item{Kind: r.Kind, ID: r.ID, Region: r.Region, FoundBy: r.FoundBy, Method: method(r.Kind)})
		}
	}
}
