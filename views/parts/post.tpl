<article class="post">
  <p class="note">{{post.note}}</p>
  <p class="byline">
    % if author:
    <a href="/users/{{author.id}}">{{author.name}}</a>,
    % end
    <time datetime="{{post.created.isoformat()}}Z">{{post.created.isoformat(" ", "minutes")}} UTC</time>
  </p>
</article>
