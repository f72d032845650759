package aliyun

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// longestCopy is longer than the vendor keeps a copy in another region: five years.
const longestCopy = 6 * 365 * 24 * time.Hour

// copies finds the copies of a database's backups that the vendor keeps in other regions, as somebody set it: they survive the
// database, and no call deletes one. Their ids are numbers of the vendor's, so the database's is put before them. The vendor
// documents the question for local disks only; a database on cloud disks that it does not answer for has none that can be
// listed, and the certificate says so.
func (s site) copies(ctx context.Context, database string) ([]hosting.Resource, error) {
	found, err := pages(func(page int) ([]rds.Item, int, error) {
		request, response := rds.CreateDescribeCrossRegionBackupsRequest(), rds.CreateDescribeCrossRegionBackupsResponse()
		request.DBInstanceId = database
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.StartTime = s.now().Add(-longestCopy).UTC().Format(time.RFC3339)
		request.EndTime = s.now().Add(24 * time.Hour).UTC().Format(time.RFC3339)
		err := s.do(ctx, s.region, request, response)
		return response.Items.Item, response.TotalRecordCount, err
	})
	if is(err, absent) || unlisted(err) {
		return nil, nil
	}
	var copies []hosting.Resource
	for _, c := range found {
		// Its region is that of its database, from where it is found.
		copies = append(copies, s.resource(hosting.Backup, database+"/"+strconv.Itoa(c.CrossBackupId), "copied to "+c.CrossBackupRegion, ""))
	}
	return copies, err
}

// unlisted reports whether the vendor says that it does not answer for such a database. That the key may not ask, or asks
// wrongly, is no such answer.
func unlisted(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.class != refused || e.HTTPStatus < http.StatusBadRequest || e.HTTPStatus >= http.StatusInternalServerError {
		return false
	}
	return !slices.ContainsFunc([]string{
		"Forbidden", "NoPermission", "Unauthorized", "AccessKey", "Signature", "SecurityToken", "TimeStamp", "Parameter", "InvalidAction", "InvalidVersion",
	}, func(word string) bool { return strings.Contains(strings.ToLower(e.Code), strings.ToLower(word)) })
}
