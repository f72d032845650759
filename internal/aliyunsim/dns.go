package aliyunsim

import (
	"cmp"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"lvyue/internal/hosting"
)

// noRecord is the vendor's code for a record that is not there, or is another's.
const noRecord = "DomainRecordNotBelongToUser"

// lead is a name in the vendor's DNS and where it leads. The account owns every domain that it is asked for.
type lead struct {
	Domain string `json:"domain"`
	// RR is the name within the domain, "oa"; "@" is the domain itself.
	RR    string `json:"rr"`
	Type  string `json:"type"`
	Value string `json:"value"`
	TTL   int    `json:"ttl"`
}

// name is the whole name.
func (l lead) name() string {
	if l.RR == "@" {
		return l.Domain
	}
	return l.RR + "." + l.Domain
}

// defaultTTL is the vendor's, in seconds.
const defaultTTL = 600

// lead reads a record, of which two types are simulated.
func (c call) lead(domain string) (lead, error) {
	l := lead{
		Domain: strings.ToLower(domain), RR: strings.ToLower(c.text("RR")), Type: c.text("Type"), Value: c.text("Value"),
		TTL: cmp.Or(c.number("TTL"), defaultTTL),
	}
	if l.Type != "A" && l.Type != "CNAME" {
		return l, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Type %s is not simulated.", l.Type)
	}
	if _, err := netip.ParseAddr(l.Value); l.Type == "A" && err != nil {
		return l, refuse(http.StatusBadRequest, "DnsRecordInvalid", "The DNS record is invalid.")
	}
	return l, nil
}

// records gives those that are asked for, by id.
func (s *state) records(only func(*thing) bool) []*thing {
	return s.list(filter{kind: hosting.Record, only: only}, "")
}

func addRecord(s *state, c call) (answer, error) {
	l, err := c.lead(c.text("DomainName"))
	if err != nil {
		return nil, err
	}
	if err := s.checkRecord(l, ""); err != nil {
		return nil, err
	}
	t := s.add("", "", thing{Kind: hosting.Record, Name: l.name(), Lead: &l, CreatedAt: c.now, ReadyAt: c.now})
	return answer{"RecordId": t.ID}, nil
}

// checkRecord refuses what is there already, and a CNAME beside any other record of the name.
func (s *state) checkRecord(l lead, but string) error {
	for _, t := range s.records(func(t *thing) bool { return t.Name == l.name() && t.ID != but }) {
		switch {
		case t.Lead.Type == l.Type && t.Lead.Value == l.Value:
			return refuse(http.StatusBadRequest, "DomainRecordDuplicate", "The DNS record already exists.")
		case t.Lead.Type == "CNAME" || l.Type == "CNAME":
			return refuse(http.StatusBadRequest, "DomainRecordConflict", "The DNS record conflicts with another one.")
		}
	}
	return nil
}

// record finds the record that the call names.
func (s *state) record(c call) (*thing, error) {
	t, err := s.get(hosting.Record, "", c.text("RecordId"), noRecord)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, noRecord, "The DNS record does not belong to you.")
	}
	return t, nil
}

func updateRecord(s *state, c call) (answer, error) {
	t, err := s.record(c)
	if err != nil {
		return nil, err
	}
	l, err := c.lead(t.Lead.Domain)
	if err != nil {
		return nil, err
	}
	if err := s.checkRecord(l, t.ID); err != nil {
		return nil, err
	}
	if *t.Lead == l {
		return nil, refuse(http.StatusBadRequest, "DomainRecordDuplicate", "The DNS record already exists.")
	}
	t.Lead, t.Name = &l, l.name()
	return answer{"RecordId": t.ID}, nil
}

func deleteRecord(s *state, c call) (answer, error) {
	t, err := s.record(c)
	if err != nil {
		return nil, err
	}
	delete(s.Things, t.ID)
	return answer{"RecordId": t.ID}, nil
}

// describeRecords searches, like the vendor, for parts of names and values.
func describeRecords(s *state, c call) (answer, error) {
	found := s.records(func(t *thing) bool {
		l, kind := t.Lead, c.text("Type")
		return l.Domain == strings.ToLower(c.text("DomainName")) && (kind == "" || kind == l.Type) &&
			strings.Contains(l.RR, strings.ToLower(c.text("RRKeyWord"))) && strings.Contains(l.Value, c.text("ValueKeyWord"))
	})
	p, err := c.page(found, page{defaultSize: 20, limit: 500})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"DomainRecords": answer{"Record": p.each(func(t *thing) answer {
			return answer{
				"RecordId": t.ID, "DomainName": t.Lead.Domain, "RR": t.Lead.RR, "Type": t.Lead.Type, "Value": t.Lead.Value,
				"TTL": t.Lead.TTL, "Line": "default", "Status": "ENABLE", "Locked": false,
			}
		})},
	}, nil
}

// resolve gives the addresses to which a name leads, also by way of another name; an address leads to itself.
func (s *state) resolve(name string) []string {
	for range 8 { // longer chains are nobody's
		if _, err := netip.ParseAddr(name); err == nil {
			return []string{name}
		}
		found := s.records(func(t *thing) bool { return t.Name == strings.ToLower(name) })
		next := slices.IndexFunc(found, func(t *thing) bool { return t.Lead.Type == "CNAME" })
		if next < 0 {
			var addresses []string
			for _, t := range found {
				addresses = append(addresses, t.Lead.Value)
			}
			return addresses
		}
		name = found[next].Lead.Value
	}
	return nil
}
