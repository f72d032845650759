package robot_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/robot"
	"lvyue/internal/workday"
)

const secret = "SEC-hush"

var now = time.Date(2026, time.March, 2, 10, 0, 0, 0, workday.Shanghai)

func clock() time.Time { return now }

func fault() paging.Envelope {
	return paging.Envelope{
		Key: "fault/HT-1/1:first:zhang/dingtalk", Mentions: []string{"13800000000"}, Count: 1, Link: "https://desk.example/a/t.s",
		Pages: []message.Page{{
			Key: "fault/HT-1/1:first:zhang", At: now, Kind: message.FirstPage, Contract: "HT-1", Fault: 1, To: "zhang",
			Deadline: now.Add(time.Hour),
		}},
	}
}

// vendor is a server that keeps the last request and answers as told.
type vendor struct {
	*httptest.Server

	status  int
	answer  string
	headers map[string]string
	request *http.Request
	body    []byte
}

func serve(t *testing.T, answer string) *vendor {
	t.Helper()
	v := &vendor{status: http.StatusOK, answer: answer}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.request = r
		v.body, _ = io.ReadAll(r.Body)
		for name, value := range v.headers {
			w.Header().Set(name, value)
		}
		w.WriteHeader(v.status)
		_, _ = io.WriteString(w, v.answer)
	}))
	t.Cleanup(v.Close)
	return v
}

func mac(text string) []byte {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write([]byte(text))
	return sum.Sum(nil)
}

func told(t *testing.T, err error) *paging.SendError {
	t.Helper()
	var said *paging.SendError
	if !errors.As(err, &said) {
		t.Fatalf("got %v", err)
	}
	return said
}

// §4.2: DingTalk's robot is called with a signature of the moment, and calls people by their mobiles.
func TestDingTalk_IsSignedAndMentions(t *testing.T) {
	t.Parallel()
	v := serve(t, `{"errcode":0,"errmsg":"ok"}`)
	if _, err := robot.DingTalk(v.URL+"/robot/send?access_token=tok", secret, v.Client(), clock).Send(t.Context(), fault()); err != nil {
		t.Fatal(err)
	}
	query := v.request.URL.Query()
	moment := strconv.FormatInt(now.UnixMilli(), 10)
	if query.Get("access_token") != "tok" || query.Get("timestamp") != moment ||
		query.Get("sign") != base64.StdEncoding.EncodeToString(mac(moment+"\n"+secret)) {
		t.Errorf("called with %v", query)
	}
	var sent struct {
		Type string `json:"msgtype"`
		Text struct {
			Content string `json:"content"`
		} `json:"text"`
		At struct {
			Mobiles []string `json:"atMobiles"`
		} `json:"at"`
	}
	if err := json.Unmarshal(v.body, &sent); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"故障待响应", "Fault awaiting response", "HT-1", "F-0001", "2026-03-02 11:00", "https://desk.example/a/t.s"} {
		if !strings.Contains(sent.Text.Content, part) {
			t.Errorf("%q does not say %s", sent.Text.Content, part)
		}
	}
	if sent.Type != "text" || len(sent.At.Mobiles) != 1 {
		t.Errorf("sent %+v", sent)
	}
}

// §4.2: WeCom takes 2,048 bytes. What is too long loses its end between two characters, and never the link.
func TestWeCom_StaysWithin2048Bytes(t *testing.T) {
	t.Parallel()
	v := serve(t, `{"errcode":0}`)
	long := fault()
	long.Pages[0].Detail = strings.Repeat("云", 3001)
	if _, err := robot.WeCom(v.URL, v.Client(), clock).Send(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	var sent struct {
		Text struct {
			Content string   `json:"content"`
			Mobiles []string `json:"mentioned_mobile_list"`
		} `json:"text"`
	}
	if err := json.Unmarshal(v.body, &sent); err != nil {
		t.Fatal(err)
	}
	content := sent.Text.Content
	if len(content) > 2048 || len(content) < 2000 || !utf8.ValidString(content) || !strings.HasSuffix(content, long.Link) || len(sent.Text.Mobiles) != 1 {
		t.Errorf("%d bytes: %s", len(content), content)
	}
}

// §4.2: a webhook's receiver can tell that a call is ours, whole, and of now.
func TestWebhook_IsSignedOverTimestampAndBody(t *testing.T) {
	t.Parallel()
	v := serve(t, "")
	v.status = http.StatusNoContent
	if _, err := robot.Webhook(v.URL, secret, v.Client(), clock).Send(t.Context(), fault()); err != nil {
		t.Fatal(err)
	}
	moment := v.request.Header.Get(robot.HeaderTimestamp)
	want := "sha256=" + hex.EncodeToString(mac(moment+"."+string(v.body)))
	if moment != strconv.FormatInt(now.Unix(), 10) || v.request.Header.Get(robot.HeaderSignature) != want {
		t.Errorf("called with %v", v.request.Header)
	}
	var call robot.Call
	if err := json.Unmarshal(v.body, &call); err != nil || call.Key != fault().Key || v.request.Header.Get(robot.HeaderKey) != call.Key ||
		call.Pages[0] != fault().Pages[0] && !call.Pages[0].At.Equal(now) || call.Count != 1 {
		t.Errorf("sent %s (%v)", v.body, err)
	}
}

// §4.2: what an answer means: taken, try again and when, or never.
func TestRobots_TellWhatPassesAndWhatDoesNot(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		status  int
		answer  string
		headers map[string]string
		final   bool
		wait    time.Duration
	}{
		{"too fast, with status 200", 200, `{"errcode":130101,"errmsg":"send too fast"}`, nil, false, 10 * time.Minute},
		{"busy", 200, `{"errcode":-1}`, nil, false, 0},
		{"a wrong signature", 200, `{"errcode":310000,"errmsg":"sign not match"}`, nil, true, 0},
		{"an answer that is none", 200, `<html>`, nil, false, 0},
		{"no errcode", 200, `{}`, nil, false, 0},
		{"429 with seconds", 429, "", map[string]string{"Retry-After": "30"}, false, 30 * time.Second},
		{"429 with a moment", 429, "", map[string]string{"Retry-After": now.Add(time.Minute).UTC().Format(http.TimeFormat)}, false, time.Minute},
		{"429 without", 429, "", nil, false, 0},
		{"a broken server", 502, "<html>", nil, false, 0},
		{"a wrong token", 403, "", nil, true, 0},
		{"a redirection", 302, "", map[string]string{"Location": "https://elsewhere.example/"}, true, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := serve(t, tt.answer)
			v.status, v.headers = tt.status, tt.headers
			_, err := robot.DingTalk(v.URL, secret, v.Client(), clock).Send(t.Context(), fault())
			if said := told(t, err); said.Permanent() != tt.final || said.RetryAfter() != tt.wait {
				t.Errorf("got %+v", said)
			}
		})
	}
}

// §4.2: URLs and tokens are secrets, and no error quotes them.
func TestRobots_NoErrorHoldsASecret(t *testing.T) {
	t.Parallel()
	gone := serve(t, "")
	gone.Close()
	v := serve(t, `{"errcode":310000,"errmsg":"token tok-hush is wrong"}`)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, url := range []string{gone.URL + "/?access_token=tok-hush", v.URL + "/?access_token=tok-hush", "http://tok-hush\x7f/", "://tok-hush"} {
		for _, ctx := range []context.Context{t.Context(), cancelled} {
			_, err := robot.DingTalk(url, secret, v.Client(), clock).Send(ctx, fault())
			beaten := robot.Heartbeat(strings.Replace(url, v.URL, gone.URL, 1), v.Client())(ctx)
			for _, e := range []error{err, beaten} {
				if text := fmt.Sprintf("%v %+v %#v", e, e, e); e == nil || strings.Contains(text, "hush") || strings.Contains(text, "127.0.0.1") {
					t.Errorf("%s", text)
				}
			}
		}
	}
}

func TestHeartbeat_TellsOfAnAnswerThatIsNone(t *testing.T) {
	t.Parallel()
	v := serve(t, "")
	if err := robot.Heartbeat(v.URL+"/beat", v.Client())(t.Context()); err != nil || v.request.Method != http.MethodGet || v.request.URL.Path != "/beat" {
		t.Errorf("%v %v", v.request, err)
	}
	v.status = http.StatusNotFound
	if err := robot.Heartbeat(v.URL, v.Client())(t.Context()); err == nil {
		t.Error("404 counts as heard")
	}
}
