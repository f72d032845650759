package aliyun

import (
	"context"
	"slices"

	"lvyue/internal/hosting"
)

// search looks for those kinds of a contract's resources.
func (s site) search(ctx context.Context, kinds []piece, contract string, known standing) (standing, error) {
	var found standing
	for _, p := range kinds {
		seen, err := s.find(ctx, p, contract, known, found)
		found = append(found, seen...)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// find lists one kind by tag, then asks for each piece of record that the tag did not bring, then for what belongs to the
// pieces that are known or found already.
func (s site) find(ctx context.Context, p piece, contract string, known, sofar standing) (standing, error) {
	found, err := s.ask(ctx, p, query{contract: contract}, hosting.ByTag, nil)
	if err != nil {
		return nil, err
	}
	for _, id := range known.ids(p.kind) {
		if !found.has(id) {
			if found, err = s.ask(ctx, p, query{contract: contract, id: id}, hosting.ByRecord, found); err != nil {
				return found, err
			}
		}
	}
	for _, q := range p.relations(contract, slices.Concat(known, sofar)) {
		if found, err = s.ask(ctx, p, q, hosting.ByRelation, found); err != nil {
			return found, err
		}
	}
	return found, nil
}

// relations asks for what belongs to the pieces that are there.
func (p piece) relations(contract string, have standing) []query {
	var queries []query
	for _, kind := range p.of {
		ids := have.ids(kind)
		if p.together && len(ids) > 0 {
			queries = append(queries, query{contract: contract, kind: kind, together: ids})
			continue
		}
		for _, id := range ids {
			queries = append(queries, query{contract: contract, of: id, kind: kind})
		}
	}
	return queries
}

// ask adds what a query finds and is not there yet. What was named and is not there is no error; what bears the tag of
// another contract is: nobody destroys it, and a person sorts it out.
func (s site) ask(ctx context.Context, p piece, q query, by string, found standing) (standing, error) {
	seen, err := p.list(s, ctx, q)
	if err != nil && (by == hosting.ByTag || !is(err, absent)) {
		return found, err
	}
	for _, r := range seen {
		if by != hosting.ByTag && r.Contract != "" && r.Contract != q.contract {
			return found, strange(r.Kind, r.ID, "it bears the tag of contract "+r.Contract)
		}
		if !found.has(r.ID) {
			r.FoundBy = by
			found = append(found, r.Resource)
		}
	}
	return found, nil
}

// tagged lists what bears the contract's tag alone, or our tag with any number if the contract is empty.
func (s site) tagged(ctx context.Context, kinds []piece, contract string) ([]hosting.Tagged, error) {
	var found []hosting.Tagged
	for _, p := range kinds {
		seen, err := p.list(s, ctx, query{contract: contract})
		found = append(found, seen...)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// strange is the refusal to go on by oneself: something may be another's, or cannot be deleted from here.
func strange(kind hosting.Kind, id, why string) error {
	return &Error{Action: "Destroy", Message: string(kind) + " " + id + ": " + why, class: unclear}
}

// ids are those of one kind, each once, by order; none for no kind.
func (s standing) ids(kind hosting.Kind) []string {
	var ids []string
	for _, r := range s.of(kind) {
		if r.ID != "" && kind != "" {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (s standing) has(id string) bool { return hosting.Has(s, id) }
