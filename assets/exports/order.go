@@remarks@@
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

const body = @@body@@

var endpoint = @@endpoint@@
var project = @@project@@

func main() {
	url := endpoint + "/v1/" + project + "/cloud-phone/phones"
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		fail(err.Error())
	}
	request.Header.Set("Content-Type", "application/json")
	prove(request)
	fmt.Println(send(request))
}

func prove(request *http.Request) {
	if token := os.Getenv("CPH_WIZARD_TOKEN"); token != "" {
		request.Header.Set("X-Auth-Token", token)
		return
	}
	accessKey, secretKey := needed("HUAWEICLOUD_SDK_AK"), needed("HUAWEICLOUD_SDK_SK")
	sign(request, accessKey, secretKey, os.Getenv("HUAWEICLOUD_SDK_SECURITY_TOKEN"))
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
	value := os.Getenv(name)
	if value == "" {
		fail(name + " " + @@not_set@@)
	}
	return value
}

const silence = @@silence@@

func send(request *http.Request) string {
	client := &http.Client{
		Timeout: 120 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	answer, err := client.Do(request)
	if err != nil {
		fail(err.Error() + "\n" + silence)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		fail(err.Error() + "\n" + silence)
	}
	if answer.StatusCode >= 300 {
		fail(answer.Status + " " + string(text))
	}
	return string(text)
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
