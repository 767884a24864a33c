@@remarks@@
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf16"
)

const body = @@body@@

var endpoint = @@endpoint@@
var project = @@project@@

func main() {
	url := endpoint + "/v1/" + project + "/cloud-phone/phones"
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		leave(2, err.Error())
	}
	// A body that can be had again may be sent again.
	request.GetBody = nil
	request.Header.Set("Content-Type", "application/json")
	prove(request)
	status, text := send(request)
	if _, err := fmt.Println(plain(text)); err != nil {
		fmt.Fprintln(os.Stderr, plain(text))
	}
	switch outcome(status, text) {
	case 4:
		leave(4, fmt.Sprintf("HTTP %d", status), @@rejected@@)
	case 6:
		leave(6, fmt.Sprintf("HTTP %d", status), unknown)
	}
}

func prove(request *http.Request) {
	if token := optional("CPH_WIZARD_TOKEN"); token != "" {
		request.Header.Set("X-Auth-Token", token)
		return
	}
	accessKey, secretKey := needed("HUAWEICLOUD_SDK_AK"), needed("HUAWEICLOUD_SDK_SK")
	sign(request, accessKey, secretKey, optional("HUAWEICLOUD_SDK_SECURITY_TOKEN"))
}

func sign(request *http.Request, accessKey, secretKey, securityToken string) {
	date := time.Now().UTC().Format("20060102T150405Z")
	request.Header.Set("X-Project-Id", project)
	request.Header.Set("X-Sdk-Date", date)
	names := []string{"content-type", "host", "x-project-id", "x-sdk-date"}
	if securityToken != "" {
		request.Header.Set("X-Security-Token", securityToken)
		names = []string{"content-type", "host", "x-project-id", "x-sdk-date", "x-security-token"}
	}
	lines := ""
	for _, name := range names {
		value := request.Header.Get(name)
		if name == "host" {
			value = request.URL.Host
		}
		lines += name + ":" + value + "\n"
	}
	signed := strings.Join(names, ";")
	path := request.URL.EscapedPath() + "/"
	canonical := strings.Join([]string{"POST", path, "", lines, signed, digest(body)}, "\n")
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte("SDK-HMAC-SHA256\n" + date + "\n" + digest(canonical)))
	signature := hex.EncodeToString(mac.Sum(nil))
	authorization := "SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%s"
	request.Header.Set("Authorization", fmt.Sprintf(authorization, accessKey, signed, signature))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func needed(name string) string {
	value := optional(name)
	if value == "" {
		leave(2, name+" "+@@not_set@@)
	}
	return value
}

func optional(name string) string {
	value := os.Getenv(name)
	if strings.ContainsFunc(value, func(c rune) bool { return c < '!' || c > '~' }) {
		leave(2, name+" "+@@not_printable@@)
	}
	return value
}

const unknown = @@unknown@@

func send(request *http.Request) (int, string) {
	client := &http.Client{
		Timeout: 120 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	answer, err := client.Do(request)
	if err != nil {
		var failed *net.OpError
		var certificate *tls.CertificateVerificationError
		// Without a connection not a byte of the order was sent.
		if errors.As(err, &failed) && failed.Op == "dial" || errors.As(err, &certificate) {
			leave(5, err.Error(), @@not_sent@@)
		}
		leave(6, err.Error(), unknown)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		leave(6, err.Error(), unknown)
	}
	return answer.StatusCode, string(text)
}

func outcome(status int, text string) int {
	var answer map[string]any
	if json.Unmarshal([]byte(text), &answer) != nil {
		return 6
	}
	orderID, code, message := answer["order_id"], answer["error_code"], answer["error_msg"]
	if status >= 200 && status <= 299 {
		if isText(orderID) && !isSomething(code) {
			return 0
		}
		return 6
	}
	switch status {
	case @@rejecting@@:
	default:
		return 6
	}
	if !isText(code) || !isText(message) || isSomething(orderID) {
		return 6
	}
	switch strings.ReplaceAll(strings.ToUpper(code.(string)), ".", "") {
	case @@doubtful@@:
		return 6
	}
	return 4
}

func isText(value any) bool {
	text, ok := value.(string)
	return ok && text != ""
}

func isSomething(value any) bool {
	return value != nil && value != ""
}

// Everything that is not printable ASCII as an escape of JSON.
func plain(text string) string {
	shown := ""
	for _, unit := range utf16.Encode([]rune(text)) {
		if unit == '\n' || unit >= ' ' && unit <= '~' {
			shown += string(rune(unit))
		} else {
			shown += fmt.Sprintf("\\u%04x", unit)
		}
	}
	return shown
}

func leave(code int, lines ...string) {
	fmt.Fprintln(os.Stderr, strings.Join(lines, "\n"))
	os.Exit(code)
}
