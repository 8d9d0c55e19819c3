"""What the site knows of a request is known of that one only."""

from webob import Request

from routes.shared.state import STATE_KEY, RequestState


def test_an_environment_that_comes_again_is_a_new_request(visitor, member):
    request = Request.blank("/account", headers={"Cookie": f"session={member.cookies['session']}"})
    assert request.get_response(visitor.app).status_int == 200
    del request.headers["Cookie"]
    assert request.get_response(visitor.app).headers["Location"].startswith("/login")


def test_all_that_is_known_stands_in_one_place(visitor):
    request = Request.blank("/api/nowhere")
    request.get_response(visitor.app)
    assert [key for key in request.environ if key.startswith("portfolio")] == [STATE_KEY]
    assert request.environ[STATE_KEY].status == "404"
    assert request.environ[STATE_KEY].dialect.prefix == "/api/"
    assert isinstance(request.environ[STATE_KEY], RequestState)
