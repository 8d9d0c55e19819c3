% # That nobody can log in as this user; for those who may close accounts.
<p class="alert" role="note">This account is closed since <time datetime="{{closed.created.isoformat()}}Z">{{closed.created.date().isoformat()}}</time>{{f", by {closed.closed_by}" if closed.closed_by else ""}}: nobody can log in.
  % if closed.reason:
  Why: <q>{{closed.reason}}</q>
  % end
</p>
