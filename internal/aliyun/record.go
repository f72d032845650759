package aliyun

import (
	"context"
	"slices"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/alidns"

	"lvyue/internal/hosting"
)

// within is a host's name inside our domain, "@" for the domain itself; false for a host that lies elsewhere.
func (c *Cloud) within(host string) (string, bool) {
	host, domain := strings.ToLower(strings.TrimSuffix(host, ".")), c.config.Domain
	if domain == "" || host == "" {
		return "", false
	}
	if host == domain {
		return "@", true
	}
	return strings.CutSuffix(host, "."+domain)
}

// nameSystem lets the plan's name lead to the public address, if the name is ours to lead. The vendor has no token here: it
// is looked up first, and a second order is refused. A name that leads elsewhere stays: a person decides whose it is.
func (s site) nameSystem(ctx context.Context, plan hosting.Plan, have standing) (standing, error) {
	rr, ours := s.within(plan.Host)
	addresses := have.addresses()
	if !ours || len(addresses) == 0 {
		return have, nil
	}
	record, err := s.recordOf(ctx, rr, plan.Host, addresses[0])
	if err != nil || record.ID != "" {
		return appendKnown(have, record), err
	}
	request, response := alidns.CreateAddDomainRecordRequest(), alidns.CreateAddDomainRecordResponse()
	request.DomainName, request.RR, request.Type, request.Value = s.config.Domain, rr, "A", addresses[0]
	err = s.do(ctx, s.region, request, response)
	if duplicate(err) {
		record, err = s.recordOf(ctx, rr, plan.Host, addresses[0])
		return appendKnown(have, record), err
	}
	return appendKnown(have, s.record(response.RecordId, "ENABLE", plan.Host)), err
}

// appendKnown adds a piece unless it has no id yet.
func appendKnown(have standing, r hosting.Resource) standing {
	if r.ID == "" {
		return have
	}
	return append(have, r)
}

func (s site) record(id, status, host string) hosting.Resource {
	r := s.resource(hosting.Record, id, status, "ENABLE")
	r.Address = host
	return r
}

// recordOf finds the record by which a name leads to an address; one without an id is none.
func (s site) recordOf(ctx context.Context, rr, host, address string) (hosting.Resource, error) {
	records, err := s.records(ctx, rr, "")
	if err != nil {
		return hosting.Resource{}, err
	}
	for _, r := range records {
		switch {
		case r.RR != rr || !slices.Contains([]string{"A", "AAAA", "CNAME"}, r.Type):
		case r.Type == "A" && r.Value == address:
			return s.record(r.RecordId, r.Status, host), nil
		default:
			return hosting.Resource{}, &Error{Action: "Ensure", Message: "the name " + host + " leads to " + r.Value + " already", class: unclear}
		}
	}
	return hosting.Resource{}, nil
}

// recordsPage is the vendor's largest for names.
const recordsPage = 500

// records lists those of our domain whose name and value contain these words.
func (s site) records(ctx context.Context, rr, value string) ([]alidns.Record, error) {
	return pages(func(page int) ([]alidns.Record, int, error) {
		request, response := alidns.CreateDescribeDomainRecordsRequest(), alidns.CreateDescribeDomainRecordsResponse()
		request.DomainName, request.RRKeyWord, request.ValueKeyWord = s.config.Domain, rr, value
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(recordsPage)
		err := s.do(ctx, s.region, request, response)
		return response.DomainRecords.Record, int(response.TotalCount), err
	})
}

// findRecords finds the names that lead to an address which the contract has, and of those of record the ones that lead to
// an address which it had: somebody else may have that by now. A name that leads elsewhere is nothing of the contract's. A
// name of record in another domain than ours is for a person: nobody looks there.
func (s site) findRecords(ctx context.Context, known, found standing) (standing, error) {
	var unseen []error
	for _, r := range known.of(hosting.Record) {
		if _, ours := s.within(r.Address); !ours && (r.Address != "" || s.config.Domain == "") {
			unseen = append(unseen, strange(r.Kind, r.ID, "the domain of "+r.Address+" is not configured, so nobody can see where it leads"))
		}
	}
	if s.config.Domain == "" {
		return nil, joined(unseen...)
	}
	held := found.addresses()
	asked := held
	if len(known.of(hosting.Record)) > 0 {
		asked = slices.Compact(slices.Sorted(slices.Values(append(known.addresses(), held...))))
	}
	var leading standing
	for _, address := range asked {
		records, err := s.records(ctx, "", address)
		if err != nil {
			return leading, joined(append(unseen, err)...)
		}
		for _, r := range records {
			if r.Value == address && (slices.Contains(held, address) || known.has(r.RecordId)) {
				leading = append(leading, s.foundRecord(r, known))
			}
		}
	}
	return leading, joined(unseen...)
}

// hostOf is the whole name of a record.
func (s site) hostOf(r alidns.Record) string {
	if r.RR == "@" {
		return s.config.Domain
	}
	return r.RR + "." + s.config.Domain
}

func (s site) foundRecord(r alidns.Record, known standing) hosting.Resource {
	found := s.record(r.RecordId, r.Status, s.hostOf(r))
	if found.FoundBy = hosting.ByRelation; known.has(r.RecordId) {
		found.FoundBy = hosting.ByRecord
	}
	return found
}

func (s site) removeRecord(ctx context.Context, id string) error {
	request := alidns.CreateDeleteDomainRecordRequest()
	request.RecordId = id
	return s.do(ctx, s.region, request, alidns.CreateDeleteDomainRecordResponse())
}

// addresses are those by which the public reaches the pieces, each once, in order.
func (s standing) addresses() []string {
	var addresses []string
	for _, r := range s {
		if r.Address != "" && (r.Kind == hosting.EIP || r.Kind == hosting.LoadBalancer) {
			addresses = append(addresses, r.Address)
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}
