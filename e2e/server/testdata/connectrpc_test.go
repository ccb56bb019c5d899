package connectrpc

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/types/known/emptypb"

	"example.com/shop/apierr"
)

// The client reads the details of the error, over each protocol of Connect.
func TestSendErrors(t *testing.T) {
	var failure error
	handler := connect.NewUnaryHandler("/shop.Shop/Upload", func(context.Context, *connect.Request[emptypb.Empty]) (*connect.Response[emptypb.Empty], error) {
		return connect.NewResponse(&emptypb.Empty{}), failure
	}, connect.WithInterceptors(connect.UnaryInterceptorFunc(sendErrors)))
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, option := range []connect.ClientOption{connect.WithProtoJSON(), connect.WithGRPCWeb()} {
		client := connect.NewClient[emptypb.Empty, emptypb.Empty](server.Client(), server.URL+"/shop.Shop/Upload", option)
		call := func(err error) *connect.Error {
			failure = err
			req := connect.NewRequest(&emptypb.Empty{})
			req.Header().Set("X-Request-Id", "r1")
			_, err = client.CallUnary(t.Context(), req)
			var e *connect.Error
			if err != nil && !errors.As(err, &e) {
				t.Fatal(err)
			}
			return e
		}
		if e := call(nil); e != nil {
			t.Error(e)
		}
		e := call(apierr.NewTooLargeSize(7).WithParam("file"))
		info, _ := details(t, e)
		if e.Code() != connect.CodeInvalidArgument || e.Message() != "file size exceeds 7 MB" || info.GetReason() != "too_large" || info.GetDomain() != "shop.example.com" {
			t.Errorf("got %v, %v", e, info)
		}
		for key, want := range map[string]string{"limit_mb": "7", "subtype": "size", "param": "file", "request_id": "r1"} {
			if got := info.GetMetadata()[key]; got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
		e = call(apierr.NewBusy())
		if info, delay := details(t, e); e.Code() != connect.CodeUnavailable || info.GetReason() != "busy" || delay != 10*time.Second {
			t.Errorf("got %v, %v, %v", e, info, delay)
		}
		for _, err := range []error{apierr.NewStorageFailed(), errors.New("secret")} {
			e = call(err)
			if info, _ := details(t, e); e.Code() != connect.CodeInternal || e.Message() != "the shop failed" || info.GetReason() != "service_error" {
				t.Errorf("%v: got %v, %v", err, e, info)
			}
		}
	}
}

func details(t *testing.T, e *connect.Error) (info *errdetails.ErrorInfo, delay time.Duration) {
	t.Helper()
	for _, detail := range e.Details() {
		value, err := detail.Value()
		if err != nil {
			t.Fatal(err)
		}
		switch value := value.(type) {
		case *errdetails.ErrorInfo:
			info = value
		case *errdetails.RetryInfo:
			delay = value.GetRetryDelay().AsDuration()
		}
	}
	return info, delay
}
