package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

//go:embed query/approval.sql
var selectApproval string

//go:embed query/approval_of.sql
var selectApprovalOf string

//go:embed query/links.sql
var selectLinks string

//go:embed query/insert_approval.sql
var insertApproval string

// KeepApproval keeps a word about a link or a waiver, and gives it with its ID and At. What oncall.Rota.RefuseApproval finds wrong
// against the word before is refused. An answer takes over whom it is about, and why, from the question.
func (s *Store) KeepApproval(ctx context.Context, a message.Approval) (message.Approval, error) {
	kept := a
	err := s.change(ctx, func(tx pgx.Tx) error {
		if err := beAlone(ctx, tx, rotaLock+" "+s.schema); err != nil {
			return err
		}
		rota, err := rotaIn(ctx, tx, a.Team)
		if err != nil {
			return err
		}
		last, err := lastApproval(ctx, tx, a)
		if err != nil {
			return err
		}
		if no := rota.RefuseApproval(last, a); no != nil {
			return no
		}
		kept = follows(rota, last, a)
		return tx.QueryRow(ctx, insertApproval, pgx.StrictNamedArgs{
			"team": kept.Team, "contract": kept.Contract, "what": kept.What, "state": kept.State, "person": kept.Person,
			"reason": kept.Reason, "by": strings.TrimSpace(kept.By), "way": kept.Way,
		}).Scan(&kept.ID, &kept.At)
	})
	return kept, trouble("keep an approval", err)
}

// follows is a word with what it takes over from the one before.
func follows(rota oncall.Rota, last, next message.Approval) message.Approval {
	if next.State == message.AskedFor {
		return next
	}
	if last.State == message.AskedFor {
		next.Person, next.Reason = last.Person, last.Reason
	}
	if p, linked := rota.BySlack(next.Member()); next.State == message.Revoked && linked {
		next.Person = p.ID
	}
	return next
}

// Approval is the last word about the same thing; one without State if there is none.
func (s *Store) Approval(ctx context.Context, of message.Approval) (message.Approval, error) {
	last, err := lastApproval(ctx, s.pool, of)
	return last, trouble("read an approval", err)
}

func lastApproval(ctx context.Context, q querier, of message.Approval) (message.Approval, error) {
	found, err := collect(ctx, q, selectApproval, pgx.StrictNamedArgs{"team": of.Team, "contract": of.Contract, "what": of.What},
		pgx.RowToStructByName[message.Approval])
	if err != nil || len(found) == 0 {
		return message.Approval{Team: of.Team, Contract: of.Contract, What: of.What}, err
	}
	return found[0], nil
}

// ApprovalOf is the word of that ID; the refusal "not_asked" if there is none.
func (s *Store) ApprovalOf(ctx context.Context, id int64) (message.Approval, error) {
	found, err := collect(ctx, s.pool, selectApprovalOf, pgx.StrictNamedArgs{"id": id}, pgx.RowToStructByName[message.Approval])
	if err == nil && len(found) == 0 {
		return message.Approval{}, refusal.Rule("not_asked", "", fmt.Sprintf("没有第 %d 号申请。", id), fmt.Sprintf("nothing was asked for under the number %d", id))
	}
	if err != nil {
		return message.Approval{}, trouble("read an approval", err)
	}
	return found[0], nil
}

// Links are how the link of each member stands, in one workspace, or in all if team is empty.
func (s *Store) Links(ctx context.Context, team string) ([]message.Approval, error) {
	all, err := linksOf(ctx, s.pool, team)
	return all, trouble("read the links of Slack's members", err)
}

func linksOf(ctx context.Context, q querier, team string) ([]message.Approval, error) {
	var of *string
	if team != "" {
		of = &team
	}
	return collect(ctx, q, selectLinks, pgx.StrictNamedArgs{"team": of}, pgx.RowToStructByName[message.Approval])
}

// rotaIn is the rota with the accounts of a workspace; an empty one before anybody has set one.
func rotaIn(ctx context.Context, q querier, team string) (oncall.Rota, error) {
	rota, _, err := rotaKnown(ctx, q, time.Time{})
	if rota, err = oncall.OrNobody(rota, err); err != nil || team == "" {
		return rota, err
	}
	links, err := linksOf(ctx, q, team)
	return rota.InSlack(links), err
}

// Workspace is the store as a workspace of Slack sees it: the people of its rota are the members that were approved. Without a Team it
// is the store.
type Workspace struct {
	*Store

	Team string
}

// In is the store as that workspace sees it.
func (s *Store) In(team string) Workspace { return Workspace{Store: s, Team: team} }

// Rota is who is on call, with the accounts in the workspace.
func (w Workspace) Rota(ctx context.Context) (oncall.Rota, error) {
	rota, err := w.Store.Rota(ctx)
	if err != nil || w.Team == "" {
		return rota, err
	}
	links, err := w.Links(ctx, w.Team)
	return rota.InSlack(links), err
}
