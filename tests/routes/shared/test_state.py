"""What the site knows of a request is known of that one only."""

from webob import Request

from routes.shared.state import KEY, RequestState


def test_an_environment_that_comes_again_is_a_new_request(visitor, member):
    request = Request.blank("/account", headers={"Cookie": f"session={member.cookies['session']}"})
    assert request.get_response(visitor.app).status_int == 200
    del request.headers["Cookie"]
    assert request.get_response(visitor.app).headers["Location"].startswith("/login")


def test_all_that_is_known_stands_in_one_place(visitor):
    request = Request.blank("/api/nowhere")
    request.get_response(visitor.app)
    assert [key for key in request.environ if key.startswith("portfolio")] == [KEY]
    assert request.environ[KEY].status == "404"
    assert request.environ[KEY].dialect.prefix == "/api/"
    assert isinstance(request.environ[KEY], RequestState)
