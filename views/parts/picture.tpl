% width, height = post.thumbnail_size
<a class="picture" href="{{post.image["url"]}}"><img src="{{post.image["thumb"]}}" width="{{width}}" height="{{height}}" alt="{{post.alt or "A picture that nobody has described"}}" loading="lazy" decoding="async"></a>
