package aliyun

import (
	"cmp"
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// Tagged lists everything in a region that bears our tag, of every kind that can and whosever it is, the names that lead
// there, and the backups that the vendor kept of databases with a name of ours (§7.2). Empty region means
// hosting.DefaultRegion. It deletes nothing. The vendor's tag lists lag behind: what is missing from them may be there, what
// is on them may just have gone.
func (c *Cloud) Tagged(ctx context.Context, region string) ([]hosting.Tagged, error) {
	s := site{c, cmp.Or(region, hosting.DefaultRegion)}
	found, err := s.tagged(ctx, all(), "")
	if err != nil {
		return nil, err
	}
	if err := s.readDatabaseTags(ctx, found); err != nil {
		return nil, err
	}
	names, err := s.namesOf(ctx, found)
	if err != nil {
		return nil, err
	}
	found = append(found, names...)
	kept, err := s.keptBackups(ctx)
	for _, b := range kept {
		if contract, ours := named(b.DBInstanceComment, hosting.Database); ours {
			found = append(found, hosting.Tagged{Contract: contract, Resource: s.resource(hosting.Backup, b.BackupId, b.BackupStatus, "")})
		}
	}
	return found, err
}

// namesOf are the names in our domain that lead to what was found: they bear no tag, and belong to whom their address does.
func (s site) namesOf(ctx context.Context, found []hosting.Tagged) ([]hosting.Tagged, error) {
	owners := map[string]string{}
	for _, t := range found {
		for _, address := range (standing{t.Resource}).addresses() {
			owners[address] = t.Contract
		}
	}
	if s.config.Domain == "" || len(owners) == 0 {
		return nil, nil
	}
	records, err := s.records(ctx, "", "")
	var names []hosting.Tagged
	for _, r := range records {
		if owner, ours := owners[r.Value]; ours {
			names = append(names, hosting.Tagged{Contract: owner, Resource: s.record(r.RecordId, r.Status, s.hostOf(r))})
		}
	}
	return names, err
}

// readDatabaseTags puts the number on its tag in the place of the one in a database's name, which people may change.
func (s site) readDatabaseTags(ctx context.Context, found []hosting.Tagged) error {
	owners, err := s.databaseOwners(ctx)
	for i, r := range found {
		if owner, tagged := owners[r.ID]; tagged && r.Kind == hosting.Database {
			found[i].Contract = owner
		}
	}
	return err
}

// databaseOwners are the contracts' numbers on the tags of databases, by the databases' ids.
func (s site) databaseOwners(ctx context.Context) (map[string]string, error) {
	owners := map[string]string{}
	for next := ""; ; {
		request, response := rds.CreateListTagResourcesRequest(), rds.CreateListTagResourcesResponse()
		request.ResourceType, request.NextToken = "INSTANCE", next
		request.Tag = &[]rds.ListTagResourcesTag{{Key: tagKey}}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, err
		}
		for _, t := range response.TagResources.TagResource {
			if t.TagKey == tagKey {
				owners[t.ResourceId] = t.TagValue
			}
		}
		if next = response.NextToken; next == "" {
			return owners, nil
		}
	}
}

// ecsOwner is the contract's number among the tags; "" without our tag.
func ecsOwner(tags []ecs.Tag) string {
	for _, t := range tags {
		if cmp.Or(t.TagKey, t.Key) == tagKey {
			return cmp.Or(t.TagValue, t.Value)
		}
	}
	return ""
}

// vpcOwner is ecsOwner for the vendor's networks, which have a type of their own for tags.
func vpcOwner(tags []vpc.Tag) string {
	for _, t := range tags {
		if cmp.Or(t.TagKey, t.Key) == tagKey {
			return cmp.Or(t.TagValue, t.Value)
		}
	}
	return ""
}

// plain are the resources without the numbers on their tags.
func plain(tagged []hosting.Tagged, err error) ([]hosting.Resource, error) {
	var resources []hosting.Resource
	for _, t := range tagged {
		resources = append(resources, t.Resource)
	}
	return resources, err
}
