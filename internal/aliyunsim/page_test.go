package aliyunsim

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

func look(t *testing.T, address string) (int, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestPage_ShowsEveryThing(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := newClient(t, Options{Log: &log, Clock: atNoon})
	server := c.server(c.network(), "InstanceName=node&Tag.1.Key=lvyue:contract&Tag.1.Value=HT-2025-001")
	eip := c.want("", "AllocateEipAddress", "Name=<script>alert(1)</script>").id(t, "AllocationId")
	asked := log.Len()
	status, text := look(t, c.s.URL()+"/")
	for _, want := range []string{
		"2025-10-09 12:00:00", server, "<td>node", "<td>Running", "<td>HT-2025-001", "<td>disk", "<td>In_use", eip,
		"<td>Available", "&lt;script&gt;", "5 ordered, 5 left",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if status != http.StatusOK || strings.Contains(text, "<script>") || strings.Count(text, "<tr>") != 8 {
		t.Errorf("%d: %s", status, text)
	}
	if log.Len() != asked {
		t.Error("the view is on record")
	}
}

func TestPage_IsOnlyForWhoAsksForNothingElse(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	for _, path := range []string{"/?Action=DescribeVpcs", "/?Action=", "/else"} {
		if status, text := look(t, s.URL()+path); status == http.StatusOK || strings.HasPrefix(text, "<") {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
}
